/** Which files hold which memory pages: by the kind that the person named, or by the files' own names. */
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { UsageError } from './arguments.ts'
import { CaptureError } from './capture.ts'

/** In place of a kind: each file's name says it. */
export const BY_NAME = 'by-name'

export interface PageFile {
  readonly path: string
  readonly kind: string
  /** The page's number where the name tells; else its place counts. */
  readonly index?: number
}

/**
 * Files as they were given, and of a folder those named KIND-NUMBER, by kind and number. Throws CaptureError for a folder
 * without any, UsageError when a name has to tell the kind and does not, and what the file system throws.
 */
export async function pageFilesOf(paths: readonly string[], kind: string): Promise<readonly PageFile[]> {
  const files: PageFile[] = []
  for (const path of paths) {
    if ((await stat(path)).isDirectory()) files.push(...(await filesIn(path, kind)))
    else files.push(fileOf(path, kind))
  }
  return files
}

function fileOf(path: string, kind: string): PageFile {
  if (kind !== BY_NAME) return { path, kind }
  const named = namedFile(path)
  if (named) return named
  throw new UsageError(`${path} does not say its kind and number, as history-07.bin does.`)
}

async function filesIn(folder: string, kind: string): Promise<readonly PageFile[]> {
  const files = (await readdir(folder))
    .map(name => namedFile(join(folder, name)))
    .filter(file => file !== undefined)
    .filter(file => kind === BY_NAME || file.kind === kind)
    .sort((a, b) => compare(a.kind, b.kind) || a.index - b.index)
  if (files.length === 0)
    throw new CaptureError(`No file in it is named as ${kind === BY_NAME ? 'history' : kind}-07.bin is.`)
  return files
}

function namedFile(path: string): Required<PageFile> | undefined {
  const [, kind, index] = /^(\w+)-(\d{1,6})\.(?:bin|data|hex|txt)$/.exec(basename(path)) ?? []
  return kind === undefined ? undefined : { path, kind, index: Number(index) }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
