/** The vectors of charts and all else that only paper shows exist while the browser prints; this looks at them then. */

/** What `look` finds while the page says that it prints. */
export function asPrinted<T>(look: () => T): T {
  window.dispatchEvent(new Event('beforeprint'))
  try {
    return look()
  } finally {
    window.dispatchEvent(new Event('afterprint'))
  }
}
