/** The words of an element as they stand on paper: without what is only for the screen or for screen readers. */

const passedOver = '.screen-only, .visually-hidden, script, style, canvas, svg, dialog'

/** In one line; blocks inside it are set apart by a space. `without` leaves out further elements. */
export function lineOfText(element: Element, without = ''): string {
  return collect(element, without).replace(/\s+/g, ' ').trim()
}

function collect(element: Element, without: string): string {
  if (element.matches(passedOver) || (without !== '' && element.matches(without))) return ''
  if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text ?? ''
  const inner = [...element.childNodes]
    .map(child => {
      if (child instanceof Text) return child.data
      return child instanceof Element ? collect(child, without) : ''
    })
    .join('')
  return standsApart(element) ? ` ${inner} ` : inner
}

/** Blocks, and what a margin sets apart from the letters before it. */
function standsApart(element: Element): boolean {
  const { display, marginInlineStart } = getComputedStyle(element)
  return !display.startsWith('inline') || element.tagName === 'BR' || Number.parseFloat(marginInlineStart) > 0
}

/** True for what paper does not show. */
export const isPassedOver = (element: Element): boolean => element.matches(passedOver)
