/** What the page's only Trusted Types policy lets through. */
import { describe, expect, test } from 'vitest'
import { ownScriptUrl, stillHtml } from '#ui/trustedTypes.ts'

const origin = 'http://localhost:4810'

describe('script addresses', () => {
  test.each(['/assets/data.worker-Dp5isur9.js', `${origin}/assets/index-CYamaMBR.js`, '/sw.js'])('%s is ours', url => {
    expect(ownScriptUrl(url, origin)).toBe(url)
  })
  test.each([
    'https://example.org/assets/a.js',
    '//example.org/sw.js',
    '/other.js',
    '/assets/../evil.js',
    '/assets/deeper/a.js',
    '/assets/a.mjs',
    'data:text/javascript,alert(1)',
    `${'javascript'}:alert(1)`,
    'blob:http://localhost:4810/1',
  ])('%s is refused', url => {
    expect(() => ownScriptUrl(url, origin)).toThrow(TypeError)
  })
})

describe('HTML', () => {
  test('of compiled templates passes', () => {
    const html = '<main id=main tabindex=-1><p class="soft">A plain sentence</p><!></main>'
    expect(stillHtml(html)).toBe(html)
  })
  test.each([
    '<script>alert(1)</script>',
    '<SCRIPT src=x>',
    '<img src=x onerror=alert(1)>',
    '<img src=x\nONLOAD = "x">',
    '<img/onerror=alert(1) src=x>',
    '<a href="javascript:alert(1)">',
    '<a href="JavaScript:alert(1)">',
    '<a href="java\nscript:alert(1)">',
    '<a href="&#106;avascript:alert(1)">',
    '<img alt=">" onerror=alert(1)>',
    '<iframe srcdoc="x">',
    '<base href="https://example.org">',
  ])('%s is refused', html => {
    expect(() => stillHtml(html)).toThrow(TypeError)
  })
})
