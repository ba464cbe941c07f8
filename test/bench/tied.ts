/** Programs that must not outlive the bench. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import type { Readable } from 'node:stream'

/** Starts a program that the kernel kills when the bench is gone, however that came about. */
export function spawnTied(
  command: string,
  args: readonly string[],
  env = process.env,
): ChildProcessByStdio<null, Readable, Readable> {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  // In a session of its own, since Linux shares out time among sessions first.
  const options = { env, stdio, detached: true }
  return spawn('/usr/bin/setpriv', ['--pdeathsig', 'KILL', command, ...args], options)
}

/** As `nice` counts. */
const PRIORITY = -10

/**
 * Lets a program go before other work on this machine. The app's deadlines run in the guest as well: where others keep it
 * waiting for seconds, devices seem silent that are not.
 */
export function favour(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, PRIORITY)
    // Among sessions; absent where the kernel does not group by them.
    writeFileSync(`/proc/${pid}/autogroup`, String(PRIORITY))
  } catch {
    // Some containers allow neither. It then takes its turns like everybody.
  }
}
