/**
 * A check that can pass on nothing is worse than none. `violations/` holds one deliberate violation of every rule, in
 * a tree laid out as the real one; each file's first line names what must be reported of it, and nothing else may be.
 * The tools run on a copy in a temporary folder, with the project's own configuration.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const violations = join(root, 'test/lint/violations')
const copy = copyOfViolations()
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const lintConfig = readFileSync(join(root, '.oxlintrc.json'), 'utf8')
const linted = filesOf('src', 'server', 'test').filter(file => file !== 'src/unusedFile.ts')

test('the linter reports each violation with its rule, and nothing else', () => {
  const { diagnostics } = JSON.parse(output('oxlint', ['--type-aware', '--format=json', 'src', 'server', 'test']))
  const reported = new Map<string, Set<string>>(linted.map(file => [file, new Set()]))
  for (const { filename, code } of diagnostics as { filename: string; code: string }[]) {
    reported.get(filename)?.add(/\(([^)]+)\)$/.exec(code)?.[1] ?? code)
  }
  expect(lines(reported)).toEqual(lines(new Map(linted.map(file => [file, expectedOf(file)]))))
})

test('every rule that the configuration turns on has its violation', () => {
  const turnedOn = [...lintConfig.matchAll(/"(?:[a-z]+\/)?([a-z-]+)":\s*(?:"error"|\[\s*"error")/g)].map(
    match => match[1],
  )
  const rules = new Set(turnedOn.filter(name => name !== 'correctness'))
  expect(rules.size).toBeGreaterThan(25)
  const shown = new Set(linted.flatMap(file => [...expectedOf(file)]))
  expect([...rules].filter(rule => !shown.has(rule ?? ''))).toEqual([])
})

test('every folder of src has its block of the import table, and every block its violation', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory())
  const withoutBlock = folders.filter(({ name }) => !lintConfig.includes(`"src/${name}/**"`))
  expect(withoutBlock.map(({ name }) => name)).toEqual([])
  const withoutViolation = [...folders.map(({ name }) => `src/${name}/`), 'server/'].filter(
    folder => !linted.some(file => file.startsWith(folder) && expectedOf(file).has('no-restricted-imports')),
  )
  expect(withoutViolation).toEqual([])
})

test('the type check refuses enums, namespaces, parameter properties and unchecked list entries', () => {
  const printed = output('tsc', ['--noEmit', '-p', 'tsconfig.json'])
  for (const file of filesOf('types')) {
    const [expected] = expectedOf(file)
    expect(printed).toContain(`${file}(`)
    expect(printed.split('\n').find(line => line.startsWith(`${file}(`))).toContain(String(expected))
  }
})

test('the formatter reports a file that is not in form', () => {
  expect(output('biome', ['format', 'unformatted.ts'])).toContain('unformatted.ts format')
})

test('the search for unused code reports a file that nobody imports', () => {
  expect(output('knip', ['--no-progress', '--include', 'files'])).toContain('src/unusedFile.ts')
})

function copyOfViolations(): string {
  const folder = mkdtempSync(join(tmpdir(), 'basalt-lint-'))
  cpSync(violations, folder, { recursive: true })
  for (const name of ['package.json', '.oxlintrc.json', 'knip.json']) cpSync(join(root, name), join(folder, name))
  // The project's own excludes and includes name other folders; all else is taken over.
  const config = { extends: join(root, 'tsconfig.json'), include: ['types', 'src'], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  return folder
}

/** All files below the given folders of the copy, with forward slashes. */
function filesOf(...folders: string[]): string[] {
  return folders.flatMap(folder =>
    readdirSync(join(copy, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(copy, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
}

/** What the first line of a violation says: `// Reported: no-eval, no-new-func`. */
function expectedOf(file: string): Set<string> {
  const [, names] = /^\/\/ Reported: (.+)\n/.exec(readFileSync(join(copy, file), 'utf8')) ?? []
  if (!names) throw new Error(`${file} does not say what must be reported of it`)
  return new Set(names === 'nothing' ? [] : names.split(', '))
}

const lines = (reported: ReadonlyMap<string, ReadonlySet<string>>): string[] =>
  [...reported].map(([file, rules]) => `${file}: ${[...rules].sort().join(', ') || 'nothing'}`).sort()

/** What a tool prints, on both streams; it is expected to find something, so its exit status must not be 0. */
function output(tool: string, args: readonly string[]): string {
  try {
    execFileSync(join(root, 'node_modules/.bin', tool), args, { cwd: copy, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    // execFileSync throws an Error with both streams as text, because `encoding` is given.
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return tool === 'oxlint' ? stdout : stdout + stderr
  }
  throw new Error(`${tool} found nothing to report`)
}
