/** Computed CSS colours and lengths as numbers. */
import type { Ink } from './marks.ts'

/** The colour of a computed style (`rgb(…)`, `rgba(…)`, `color(srgb …)`); undefined for none, transparent or a reference. */
export function inkOf(color: string, opacity = 1): Ink | undefined {
  const numbers = color.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? []
  const whole = color.startsWith('rgb') ? 1 : color.startsWith('color(srgb ') ? 255 : undefined
  if (whole === undefined || numbers.length < 3) return undefined
  const [red = 0, green = 0, blue = 0, ownAlpha = 1] = numbers
  const alpha = ownAlpha * opacity
  return alpha <= 0 ? undefined : { rgb: [red * whole, green * whole, blue * whole], alpha }
}

/** Pixels of a computed length such as "12.5px"; 0 for "normal", "auto" and percentages. */
export function pixelsOf(length: string): number {
  const pixels = Number.parseFloat(length)
  return Number.isNaN(pixels) || length.endsWith('%') ? 0 : pixels
}
