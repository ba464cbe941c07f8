/**
 * Contrast of the range colours in both palettes, light and dark, by the formula of WCAG 2: 3 : 1 of dots and lines
 * against the paper, 4.5 : 1 of words on the colours. Source: interface brief (Character).
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../../src/ui/${path}`, import.meta.url), 'utf8')
const css = `${read('tokens.css')}\n${read('charts/palette.css')}`.replaceAll(/\/\*[\s\S]*?\*\//g, '')

const inDark = /@media screen and \(prefers-color-scheme: dark\) \{[\s\S]*?\n {2}\}/g
const schemes = { light: css.replaceAll(inDark, ''), dark: (css.match(inDark) ?? []).join('\n') }

/** All custom properties that rules with this selector set in a scheme. */
function colorsOf(selector: RegExp, scheme: keyof typeof schemes): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, selectors = '', body = ''] of schemes[scheme].matchAll(/([^{};]+)\{([^{}]*)\}/g)) {
    if (!selector.test(selectors)) continue
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) found.set(name, value)
  }
  return found
}

const safe = /^\s*:root\s*$/
const clinical = /\.range-clinical/
const palette = (isClinical: boolean, isDark: boolean): ReadonlyMap<string, string> =>
  new Map([
    ...colorsOf(safe, 'light'),
    ...(isDark ? colorsOf(safe, 'dark') : []),
    ...(isClinical ? colorsOf(clinical, 'light') : []),
    ...(isClinical && isDark ? colorsOf(clinical, 'dark') : []),
  ])

function luminance(hex: string): number {
  expect(hex).toMatch(/^#[0-9a-f]{6}$/)
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

it('measures as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10)
  // The published example of the least grey for text on white.
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

it('reads the colours of both schemes', () => {
  expect(palette(false, false).get('--chart-paper')).toBe('#ffffff')
  expect(palette(false, true).get('--chart-paper')).toBe('#16181b')
  expect(palette(false, true).get('--mark-low')).toBe('#ffa56e')
  expect(palette(true, false).get('--mark-low')).toBe('#f20000')
  expect(palette(true, true).get('--mark-low')).toBe('#ff0000')
})

const names = ['very-low', 'low', 'target', 'high', 'very-high'] as const

describe.each([
  ['safe', 'light'],
  ['safe', 'dark'],
  ['clinical', 'light'],
  ['clinical', 'dark'],
] as const)('the %s palette, %s', (which, scheme) => {
  const colors = palette(which === 'clinical', scheme === 'dark')
  const color = (name: string) => colors.get(name) ?? ''

  it.each(names)('shows dots and lines of %s', name => {
    expect(contrast(color(`--mark-${name}`), color('--chart-paper'))).toBeGreaterThanOrEqual(3)
  })

  it.each(names)('has legible words on %s', name => {
    expect(contrast(color(`--range-on-${name}`), color(`--range-${name}`))).toBeGreaterThanOrEqual(4.5)
  })
})

it('the clinical fills are those of the consensus bar', () => {
  const colors = palette(true, false)
  expect(names.map(name => colors.get(`--range-${name}`))).toEqual([
    '#cc0019',
    '#ff0000',
    '#0bad5a',
    '#ffbf00',
    '#ff6900',
  ])
})
