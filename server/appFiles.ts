/**
 * The built app, read into memory once when the server starts: some dozens of files, about a megabyte. Only what was
 * found then can be asked for, so that no path, however written, leads out of the folder, and a build that runs
 * meanwhile cannot mix two versions.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface AppFile {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The same, compressed, where that makes it smaller. */
  readonly gzip?: Uint8Array<ArrayBuffer>
  /** Quoted, changes with the content. */
  readonly etag: string
  readonly cacheControl: string
}

/** By path as in the address bar: `/index.html`, `/assets/main-1a2b3c4d.js`. */
export type AppFiles = ReadonlyMap<string, AppFile>

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.csv': 'text/csv; charset=utf-8',
  '.wasm': 'application/wasm',
}

/** Reads every file below `folder`. Throws when there is no `index.html`: the app has not been built. */
export async function readAppFiles(folder: string): Promise<AppFiles> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, AppFile>()
  for (const entry of found.filter(each => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const address = `/${relative(folder, path).split(sep).join('/')}`
    files.set(address, appFile(address, new Uint8Array(await readFile(path))))
  }
  if (!files.has('/index.html')) throw new Error(`There is no index.html in ${folder}`)
  return files
}

/** One file as it will be served at `address`. */
export function appFile(address: string, bytes: Uint8Array<ArrayBuffer>): AppFile {
  const type = mediaTypes[extname(address)] ?? 'application/octet-stream'
  const gzip = new Uint8Array(gzipSync(bytes, { level: 9 }))
  return {
    type,
    bytes,
    ...(gzip.length < bytes.length ? { gzip } : {}),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    // Names below /assets/ hold a hash of the content; everything else must be asked for again each time.
    cacheControl: address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}
