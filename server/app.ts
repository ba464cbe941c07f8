/**
 * The server's routes, without a socket: `main.ts` listens, tests call `app.request()`. Serves the built app and its
 * own status; accounts and sync will follow on the same process (decision 10).
 */
import { type Context, Hono } from 'hono'
import type { AppFile, AppFiles } from './appFiles.ts'
import { securityHeaders, strictTransportSecurity } from './headers.ts'

export interface ServerDeps {
  readonly files: AppFiles
  readonly version: string
  /** A proxy in front of us speaks https. */
  readonly https: boolean
  readonly now: () => Date
}

/** Oldest app that understands this server's interface; older ones tell the person to update. */
const MIN_CLIENT = '0.1.0'
const API_VERSIONS = [1]

export function createApp({ files, version, https, now }: ServerDeps): Hono {
  const app = new Hono()

  app.use(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') await next()
    else c.res = c.json({ error: 'method-not-allowed' }, 405, { Allow: 'GET, HEAD' })
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value)
    if (https) c.header('Strict-Transport-Security', strictTransportSecurity)
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  })

  // Never cached: the app asks to learn whether the server is there now, and an old answer would say yes for it.
  app.get('/v1/status', c =>
    c.json({ ok: true, version, minClient: MIN_CLIENT, api: API_VERSIONS, serverTime: now().toISOString() }),
  )

  app.get('*', c => {
    const path = c.req.path === '/' ? '/index.html' : c.req.path
    const file = files.get(path) ?? (isNavigation(c) ? files.get('/index.html') : undefined)
    return file ? fileAnswer(c, file) : c.json({ error: 'not-found' }, 404)
  })

  app.onError((error, c) => {
    // The message may hold anything; what goes out is a code only.
    process.stderr.write(`${c.req.method} failed: ${error.name}\n`)
    return c.json({ error: 'internal' }, 500)
  })
  return app
}

/** Somebody opens an address of the app by hand. Interfaces and assets have no pages: there a miss is a miss. */
function isNavigation(c: Context): boolean {
  if (/^\/(?:api|v1|assets)\//.test(c.req.path)) return false
  const mode = c.req.header('Sec-Fetch-Mode')
  return mode === undefined ? (c.req.header('Accept') ?? '').includes('text/html') : mode === 'navigate'
}

function fileAnswer(c: Context, file: AppFile): Response {
  c.header('Cache-Control', file.cacheControl)
  c.header('ETag', file.etag)
  c.header('Vary', 'Accept-Encoding')
  if (namesTag(c.req.header('If-None-Match'), file.etag)) return c.body(null, 304)
  c.header('Content-Type', file.type)
  if (!file.gzip || !acceptsGzip(c.req.header('Accept-Encoding'))) return c.body(file.bytes)
  c.header('Content-Encoding', 'gzip')
  return c.body(file.gzip)
}

const namesTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some(tag => tag.trim().replace(/^W\//, '') === etag)

const acceptsGzip = (header: string | undefined): boolean =>
  (header ?? '').split(',').some(part => /^\s*gzip\s*(?:;\s*q\s*=\s*(?!0(?:\.0*)?\s*$).*)?$/i.test(part))
