/**
 * Draws the app's icons: `node scripts/icons.mjs` writes public/icons/ from the shapes below (the same as in
 * src/ui/parts/Logo.tsx). The PNGs are committed; run it again only when the logo changes.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './chromium.mjs'

const folder = new URL('../public/icons/', import.meta.url)

/** A column of width 16 seen from a little above: hexagonal top, two sides, a front. */
const column = (/** @type {number} */ x, /** @type {number} */ top) => `
    <path fill="#3f9a97" d="M${x} ${top + 5}L${x + 4} ${top + 10}V60L${x} 55Z"/>
    <path fill="#0f6e6e" d="M${x + 4} ${top + 10}H${x + 12}V60H${x + 4}Z"/>
    <path fill="#0a4f50" d="M${x + 12} ${top + 10}L${x + 16} ${top + 5}V55L${x + 12} 60Z"/>
    <path fill="#7fc4bf" d="M${x} ${top + 5}L${x + 4} ${top}H${x + 12}L${x + 16} ${top + 5}L${x + 12} ${top + 10}H${x + 4}Z"/>`
const columns = column(6, 34) + column(24, 8) + column(42, 21)

const plain = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${columns}
</svg>
`
/** Paper behind it, with round corners for launchers that show icons as they are. */
const tile = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="14" fill="#f6f5f2"/>
  <g transform="translate(32 32) scale(.72) translate(-32 -34)">${columns}
  </g>
</svg>
`
/** Paper to the edges and the logo inside the middle 80 %, whatever shape is cut out. */
const maskable = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" fill="#f6f5f2"/>
  <g transform="translate(32 32) scale(.58) translate(-32 -34)">${columns}
  </g>
</svg>
`

await mkdir(folder, { recursive: true })
await writeFile(new URL('basalt.svg', folder), plain)

const browser = await chromium.launch(chromiumLaunchOptions)
for (const [name, svg, size] of /** @type {const} */ ([
  ['basalt-192.png', tile, 192],
  ['basalt-512.png', tile, 512],
  ['basalt-maskable-512.png', maskable, 512],
])) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`)
  await writeFile(new URL(name, folder), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
