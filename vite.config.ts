/** The app's build: one page, two module workers, charts and reports in chunks of their own. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { hashOfBuildInputs } from './scripts/inputs.mjs'

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'))

export default defineConfig({
  plugins: [solid()],
  // Shown in About; `src/env.d.ts` says what they are.
  define: {
    'import.meta.env.BASALT_VERSION': JSON.stringify(version),
    'import.meta.env.BASALT_BUILD': JSON.stringify(hashOfBuildInputs().slice(0, 12)),
  },
  // A decoder of WOFF2 fonts with a dictionary of 120 kB, which comes along with pdfkit; ours are TrueType.
  resolve: { alias: { 'brotli/decompress.js': fileURLToPath(new URL('./src/ui/paper/noBrotli.ts', import.meta.url)) } },
  worker: { format: 'es', rolldownOptions: { checks: { bundlerTimings: false } } },
  build: {
    target: 'es2023',
    outDir: 'dist/app',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
})
