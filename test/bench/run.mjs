/**
 * The USB bench: the built app in a real Chromium on a real USB stack, our simulators at the other end. This file only
 * brings what is needed to run TypeScript; everything else is in `main.ts`.
 */
import { ensurePackages } from '../../scripts/install.mjs'
import { root } from '../../scripts/inputs.mjs'
import { requireNode } from '../../scripts/node.mjs'

requireNode()
if (!(await ensurePackages())) process.exit(1)
const { createServer } = await import('vite')
const loader = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, ws: false, hmr: false },
})
try {
  const { main } = await loader.ssrLoadModule('/test/bench/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} finally {
  await loader.close()
}
