/** The app's build: one page, two module workers, charts and reports in chunks of their own. */
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

export default defineConfig({
  plugins: [solid()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: 'dist/app',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
