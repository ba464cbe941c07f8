/**
 * The page's only Trusted Types policy, imported before everything else: scripts and workers only from the app's own
 * files, HTML (Solid's compiled templates) only without anything that runs. Source: security sheet §2, stack sheet §2.
 */

/** Chromium has it; the standard types do not yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string; createScriptURL(text: string): string },
  ): unknown
}

const OWN_SCRIPT = /^\/(?:assets\/[\w.-]+\.js|sw\.js)$/
/** Elements and attributes that run or load something, and `&#`, by which any of it could be disguised. */
const RUNNING_HTML = /<(?:script|iframe|object|embed|base|meta|link)|[\s/"']on\w+\s*=|srcdoc|javascript:|&#/i

/** The address itself when it is one of our own scripts; throws TypeError otherwise. */
export function ownScriptUrl(text: string, origin: string): string {
  const url = new URL(text, origin)
  if (url.origin !== origin || !OWN_SCRIPT.test(url.pathname)) throw new TypeError(`Not a script of ours: ${text}`)
  return text
}

/** The HTML itself when nothing in it can run; throws TypeError otherwise. */
export function stillHtml(text: string): string {
  // Browsers skip tabs and line ends inside an address.
  if (RUNNING_HTML.test(text) || RUNNING_HTML.test(text.replace(/[\t\r\n]/g, '')))
    throw new TypeError('HTML that could run something')
  return text
}

if (typeof window !== 'undefined' && 'trustedTypes' in window) {
  // `in` has shown that it is there.
  const { trustedTypes } = window as unknown as { readonly trustedTypes: TrustedTypes }
  trustedTypes.createPolicy('default', {
    createHTML: stillHtml,
    createScriptURL: text => ownScriptUrl(text, location.origin),
  })
}
