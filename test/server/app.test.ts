/** The server's answers, without a socket. The expected headers are copied from the security sheet §2. */
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { appFile } from '../../server/appFiles.ts'

const page = '<!doctype html><title>Basalt</title>' + '<p>text that compresses well</p>'.repeat(20)
const contents: Readonly<Record<string, string>> = {
  '/index.html': page,
  '/sw.js': '// service worker',
  '/manifest.webmanifest': '{"name":"Basalt"}',
  '/assets/main-1a2b3c4d.js': 'export const a = 1',
  '/assets/main-1a2b3c4d.css': 'a { color: red }',
  '/icons/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '/icons/icon-192.png': 'PNG',
}
const files = new Map(
  Object.entries(contents).map(([path, text]) => [path, appFile(path, new TextEncoder().encode(text))]),
)
const now = () => new Date('2026-03-14T08:05:00Z')
const app = createApp({ files, version: '1.2.3', https: false, now })
const httpsApp = createApp({ files, version: '1.2.3', https: true, now })

const strictHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; " +
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types default",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'usb=(self), hid=(self), serial=(self), bluetooth=(self), camera=(), microphone=(), geolocation=()',
}

const navigation = { headers: { 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html' } }

describe('strict headers', () => {
  test.each([
    ['the page', '/', {}],
    ['an asset', '/assets/main-1a2b3c4d.js', {}],
    ['the service worker', '/sw.js', {}],
    ['the status', '/v1/status', {}],
    ['a missing file', '/nothing.js', {}],
    ['a refused method', '/', { method: 'POST' }],
    ['an unchanged file', '/', { headers: { 'If-None-Match': files.get('/index.html')?.etag ?? '' } }],
  ])('are on the answer for %s', async (_, path, init) => {
    const answer = await app.request(path, init)
    expect(Object.fromEntries(answer.headers)).toMatchObject(strictHeaders)
    expect(answer.headers.has('strict-transport-security')).toBe(false)
  })

  test('are on the answer after a mistake of our own, which tells nothing of it', async () => {
    const broken = createApp({
      files,
      version: '1.2.3',
      https: false,
      now: () => {
        throw new RangeError('secret detail')
      },
    })
    const answer = await broken.request('/v1/status')
    expect(answer.status).toBe(500)
    expect(Object.fromEntries(answer.headers)).toMatchObject(strictHeaders)
    expect(await answer.text()).toBe('{"error":"internal"}')
  })

  test('ask for https for a year, only behind https', async () => {
    const answer = await httpsApp.request('/')
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  })
})

describe('caching', () => {
  test.each([
    ['/assets/main-1a2b3c4d.js', 'public, max-age=31536000, immutable'],
    ['/', 'no-cache'],
    ['/index.html', 'no-cache'],
    ['/sw.js', 'no-cache'],
    ['/manifest.webmanifest', 'no-cache'],
    ['/v1/status', 'no-store'],
    ['/assets/gone-1a2b3c4d.js', 'no-store'],
  ])('of %s is %s', async (path, expected) => {
    expect((await app.request(path)).headers.get('cache-control')).toBe(expected)
  })

  test('answers 304 without a body when the browser has the same content', async () => {
    const etag = (await app.request('/')).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    const again = await app.request('/', { headers: { 'If-None-Match': `"other", W/${etag}` } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await app.request('/', { headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
  })
})

describe('files', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/assets/main-1a2b3c4d.js', 'text/javascript; charset=utf-8'],
    ['/assets/main-1a2b3c4d.css', 'text/css; charset=utf-8'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/icons/icon.svg', 'image/svg+xml'],
    ['/icons/icon-192.png', 'image/png'],
  ])('%s comes as %s', async (path, type) => {
    const answer = await app.request(path)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(await answer.text()).toBe(contents[path === '/' ? '/index.html' : path])
  })

  test.each([
    ['gzip, deflate, br', 'gzip'],
    ['br;q=1.0, gzip;q=0.8', 'gzip'],
    ['gzip;q=0', null],
    ['br', null],
    [undefined, null],
  ])('for a browser that accepts %s the encoding is %s', async (accepted, encoding) => {
    const answer = await app.request('/', accepted ? { headers: { 'Accept-Encoding': accepted } } : {})
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(new TextDecoder().decode(encoding ? gunzipSync(bytes) : bytes)).toBe(page)
  })

  test('that would grow are not compressed', async () => {
    const answer = await app.request('/icons/icon-192.png', { headers: { 'Accept-Encoding': 'gzip' } })
    expect(answer.headers.get('content-encoding')).toBeNull()
  })

  test('come without a body for HEAD', async () => {
    const answer = await app.request('/', { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})

describe('other addresses', () => {
  test.each(['/reports/daily', '/somewhere', '/index.php', '/apiary'])(
    '%s opens the app for a navigation',
    async path => {
      const answer = await app.request(path, navigation)
      expect([answer.status, await answer.text()]).toEqual([200, page])
      expect(answer.headers.get('cache-control')).toBe('no-cache')
    },
  )

  test('open the app in a browser without fetch metadata', async () => {
    expect((await app.request('/somewhere', { headers: { Accept: 'text/html,*/*' } })).status).toBe(200)
  })

  test.each([
    ['/somewhere', { headers: { 'Sec-Fetch-Mode': 'cors', Accept: 'text/html' } }],
    ['/somewhere', {}],
    ['/assets/gone-1a2b3c4d.js', navigation],
    ['/v1/nothing', navigation],
    ['/api/auth/session', navigation],
    ['/../package.json', {}],
    ['/..%2f..%2fpackage.json', {}],
    ['/assets/..%2f..%2f..%2fpackage.json', {}],
    ['/%2e%2e/package.json', {}],
    ['//etc/passwd', {}],
    ['/%', {}],
    ['/index.html%00.js', {}],
  ])('%s is not found', async (path, init) => {
    expect((await app.request(path, init)).status).toBe(404)
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE2'])('refuse %s', async method => {
    const answer = await app.request('/v1/status', { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })
})

test('the status says version, oldest app, interfaces and time', async () => {
  const answer = await app.request('/v1/status')
  expect(await answer.json()).toEqual({
    ok: true,
    version: '1.2.3',
    minClient: '0.1.0',
    api: [1],
    serverTime: '2026-03-14T08:05:00.000Z',
  })
})
