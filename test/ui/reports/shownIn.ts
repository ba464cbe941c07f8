/** What stands in a cell for everybody to see: without the words that tell a screen reader what a number opens. */
export const shownIn = (cell: Element): string =>
  (cell.textContent ?? '').replace(/\. Show the .*behind this number$/, '')
