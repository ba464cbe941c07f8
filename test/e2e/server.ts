/** The real server as a process for end-to-end tests: started, stopped to go offline, started again on the same port. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { build, isBuilt } from '../../scripts/build.mjs'
import { root } from '../../scripts/inputs.mjs'

export interface TestServer {
  /** Without a slash at the end; the same for the life of the object. */
  readonly origin: string
  /** From here on nobody answers. */
  stop(): Promise<void>
  /** Serves again at the same address, another build if `appFolder` is given. */
  start(appFolder?: string): Promise<void>
}

export const builtApp = join(root, 'dist', 'app')

/** Once for all tests of a file, even if somebody edits a source meanwhile. */
let building: Promise<void> | undefined

/** Builds what is out of date, then serves it on a free port. */
export async function startServer(appFolder = builtApp): Promise<TestServer> {
  building ??= isBuilt() ? Promise.resolve() : build({ quiet: true })
  await building
  let { child, port } = await launch(0, appFolder)
  return {
    origin: `http://localhost:${port}`,
    stop: () => end(child),
    start: async (folder = builtApp) => {
      if (child.exitCode === null && child.signalCode === null) await end(child)
      child = (await launch(port, folder)).child
    },
  }
}

async function launch(port: number, appFolder: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'server', 'main.js')], {
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', BASALT_APP: appFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'close').then(([code]) => [`exit ${code}`]),
  ])
  const started = /:(\d+)\//.exec(String(line))
  if (!started) throw new Error(`The server did not start: ${String(line)}`)
  return { child, port: Number(started[1]) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  await closed
}
