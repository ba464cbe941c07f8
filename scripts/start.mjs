/** `npm start`: installs and builds what is missing or old, then serves the app on one port and prints the address. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './inputs.mjs'
import { ensurePackages } from './install.mjs'
import { requireNode } from './node.mjs'
import { run } from './run.mjs'

requireNode()
if (!(await ensurePackages())) process.exit(1)
// In a process of its own, so that the server does not carry the builder's memory.
if ((await run(process.execPath, [join(root, 'scripts', 'build.mjs')])) !== 0) process.exit(1)

await import(pathToFileURL(join(root, 'dist', 'server', 'main.js')).href)

// npm starts us through a shell that dies of SIGTERM without passing it on; without this the port would stay taken.
if (process.env['npm_lifecycle_event'] === 'start') {
  const { ppid } = process
  const watch = setInterval(() => {
    if (process.ppid === ppid) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}
