/** Rules about the files as a whole, which no linter knows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, root } from '../../scripts/inputs.mjs'

const MAX_LINES = 400

/** Longer because they are tables; each with what it is a table of. */
const tables: Readonly<Record<string, string>> = {
  'src/ui/texts/en.ts': 'every sentence of the app',
  'src/ui/texts/reports.ts': 'every sentence of the reports',
}

const own = ['src', 'server', 'scripts', 'bench', 'test', 'public', '.ci'].flatMap(filesBelow)
const atTheTop = [
  'README.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'index.html',
  'package.json',
  'vite.config.ts',
  'vitest.config.ts',
]
const texts = [...own, ...atTheTop].filter(file =>
  /\.(?:tsx?|mjs|css|html|json|md|csv|svg|webmanifest)$|run$|LICENSE$/.test(file),
)
const contentOf = (file: string): string => readFileSync(join(root, file), 'utf8')

test('there are files to look at', () => {
  expect(texts.length).toBeGreaterThan(40)
})

test(`no source file is longer than ${MAX_LINES} lines unless it is a table`, () => {
  const sources = own.filter(file => /^(?:src|server|scripts|bench)\/.*\.(?:tsx?|mjs|css)$/.test(file))
  const long = sources.filter(file => contentOf(file).split('\n').length - 1 > MAX_LINES)
  expect(long.filter(file => !(file in tables))).toEqual([])
  expect(Object.keys(tables).filter(file => !sources.includes(file))).toEqual([])
})

test('every source file opens with a comment that says what it is', () => {
  const sources = own.filter(file => /^(?:src|server|scripts|bench)\/.*\.(?:tsx?|mjs)$/.test(file))
  expect(sources.filter(file => !contentOf(file).startsWith('/**'))).toEqual([])
})

test('only the registries load files by pattern, so that the import table holds', () => {
  const globbing = own.filter(file => file.startsWith('src/') && contentOf(file).includes('import.meta.glob'))
  expect(globbing).toEqual(['src/devices/registry.ts', 'src/files/registry.ts'])
})

test("no path of somebody's machine, no address of a registry and no unfinished note is in the repository", () => {
  // In two parts, so that this file does not find itself.
  const forbidden = [
    '/ho' + 'me/',
    '/wo' + 'rk/',
    '/Us' + 'ers/',
    'TO' + 'DO',
    'FIX' + 'ME',
    'registry.' + 'npmjs',
    'file:' + '///',
  ]
  const found = texts.flatMap(file =>
    forbidden.filter(word => contentOf(file).includes(word)).map(word => `${file}: ${word}`),
  )
  expect(found).toEqual([])
})

test('no capture is in the repository', () => {
  expect(own.filter(file => /captures\//.test(file))).toEqual([])
})
