/** What of an address says which days, so that the list of reports and the PDF of several know those last looked at. */

const keys = ['days', 'from', 'to', 'before'] as const

/** "?from=2026-03-01&to=2026-03-14&before=year"; "" for the usual days. */
export function daysQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs = keys.flatMap(key => {
    const value = query[key]
    return typeof value === 'string' && value !== '' ? [[key, value]] : []
  })
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}
