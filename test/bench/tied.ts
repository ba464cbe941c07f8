/** Programs that must not outlive the bench. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** Starts a program that the kernel kills when the bench is gone, however that came about. */
export function spawnTied(
  command: string,
  args: readonly string[],
  env = process.env,
): ChildProcessByStdio<null, Readable, Readable> {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  return spawn('/usr/bin/setpriv', ['--pdeathsig', 'KILL', command, ...args], { env, stdio })
}
