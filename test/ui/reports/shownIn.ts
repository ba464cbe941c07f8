/** What a report shows to everybody: its key numbers, the cells of its tables, the line above its chart. */
/** What stands in a cell for everybody to see: without the words that tell a screen reader what a number opens. */
export const shownIn = (cell: Element): string =>
  (cell.textContent ?? '').replace(/\. Show the .*behind this number$/, '')

/** Text of the key number with this name, without its hidden explanation. */
export function figure(root: HTMLElement, name: string): string | undefined {
  const found = [...root.querySelectorAll('.figure')].find(one => one.querySelector('dt')?.textContent === name)
  const value = found?.querySelector('.figure-value')?.cloneNode(true)
  if (!(value instanceof HTMLElement)) return undefined
  for (const hidden of value.querySelectorAll('.visually-hidden')) hidden.remove()
  return value.textContent
}
/** The line above a chart. */
export const readout = (root: HTMLElement) => root.querySelector('.chart-readout')?.textContent
/** What stands in the cells of a row. */
export const cells = (row: Element | null | undefined) => [...(row?.children ?? [])].map(shownIn)
/** Where the keyboard steps through the chart. */
export const chartOf = (root: HTMLElement): HTMLElement => {
  const chart = root.querySelector<HTMLElement>('.chart-place')
  if (!chart) throw new Error('no chart')
  return chart
}
