/**
 * The app's own style sheets as they hold on paper, for a document that is not printed: rules for print apply, those
 * for the screen do not. So a page made here looks like one of the print dialog, from the same rules (`print.css`).
 */

/** A media condition with `print` true and `screen` false. */
export function conditionOnPaper(condition: string): string {
  return condition
    .split(',')
    .map(query => {
      const type = /^\s*(?:only\s+)?(not\s+)?(print|screen)\b/.exec(query)
      if (!type) return /prefers-color-scheme:\s*dark/.test(query) ? 'not all' : query
      const holds = (type[2] === 'print') !== (type[1] !== undefined)
      // "not" turns the whole query around, so nothing may follow it.
      return holds ? `all${query.slice(type[0].length)}` : 'not all'
    })
    .join(',')
}

/** All rules of the document, one sheet's text after the other. */
export function printRules(document: Document): string {
  return [...document.styleSheets, ...document.adoptedStyleSheets]
    .map(sheet => [...sheet.cssRules].map(rule => rule.cssText).join('\n'))
    .join('\n')
    .replace(/@media ([^{]+)\{/g, (_, condition: string) => `@media ${conditionOnPaper(condition)} {`)
}
