/**
 * `npm run bench:usb`: the built app in a real Chromium on a real USB stack, our simulators at the other end. This file
 * only brings what is needed to run TypeScript; everything else is in `main.ts`.
 */
import { ensurePackages } from '../../scripts/install.mjs'
import { root } from '../../scripts/inputs.mjs'
import { requireNode } from '../../scripts/node.mjs'
import { closingLine } from '../../scripts/tally.mjs'

requireNode()
process.exit(await status())

/** Never throws: the last line is the closing line, whatever happens. */
async function status() {
  try {
    if (!(await ensurePackages())) throw new Error('packages could not be installed')
    const { createServer } = await import('vite')
    const loader = await createServer({
      root,
      configFile: false,
      appType: 'custom',
      logLevel: 'error',
      optimizeDeps: { noDiscovery: true },
      server: { middlewareMode: true, watch: null, ws: false, hmr: false },
    })
    const { main } = await loader.ssrLoadModule('/test/bench/main.ts')
    return await main(process.argv.slice(2))
  } catch (error) {
    process.stdout.write(`FAILED ${error instanceof Error ? error.stack : String(error)}\n`)
    process.stdout.write(`${closingLine({ passed: 0, failed: 1, skipped: 0 })}\n`)
    return 1
  }
}
