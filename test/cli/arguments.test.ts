/** The command line of `records`, word by word. */
import { expect, test } from 'vitest'
import { UsageError, usage, wishesFrom } from '#cli/arguments.ts'

/** Milliseconds of a wall time, counted independently of the code under test. */
const at = (iso: string): number => Date.parse(`${iso}Z`)

test('without options everything of the files is wished for', () => {
  expect(wishesFrom(['a.csv', 'b.csv'])).toEqual({
    files: ['a.csv', 'b.csv'],
    types: new Set(),
    from: undefined,
    to: undefined,
    skipped: false,
    careLink: false,
    help: false,
    driver: undefined,
    model: undefined,
    bridge: undefined,
    answers: {},
    pages: undefined,
    serial: undefined,
  })
})

test('options stand anywhere, with a blank or an equals sign', () => {
  const wishes = wishesFrom(['--type', 'smbg', 'a.csv', '--type=bolus', '--skipped', '--from=2026-03-14T08:05:00'])
  expect(wishes.files).toEqual(['a.csv'])
  expect(wishes.types).toEqual(new Set(['smbg', 'bolus']))
  expect(wishes.skipped).toBe(true)
  expect(wishes.from).toBe(at('2026-03-14T08:05:00'))
})

test('a date alone begins with its first moment and ends after its last', () => {
  const { from, to } = wishesFrom(['--from', '2026-03-14', '--to', '2026-03-14', 'a.csv'])
  expect([from, to]).toEqual([at('2026-03-14T00:00:00'), at('2026-03-15T00:00:00')])
})

test('behind -- everything is a file', () => {
  expect(wishesFrom(['--', '--type', '-x']).files).toEqual(['--type', '-x'])
})

test('answers are gathered by their names', () => {
  const words = ['--driver', 'x', '--bridge', 'stick', '--answer', 'serial=123456', '--answer=region=us=1', 'a.txt']
  expect(wishesFrom(words)).toMatchObject({ bridge: 'stick', answers: { serial: '123456', region: 'us=1' } })
})

test('help needs no file', () => {
  expect(wishesFrom(['--help']).help).toBe(true)
  expect(wishesFrom(['-h']).help).toBe(true)
})

test.each([
  [[], 'Which file?'],
  [['--skipped'], 'Which file?'],
  [['--nothing', 'a.csv'], 'There is no option --nothing.'],
  [['--skipped=yes', 'a.csv'], 'There is no option --skipped=yes.'],
  [['a.csv', '--type'], '--type needs a value.'],
  [['--type', 'cholesterol', 'a.csv'], 'There is no record type "cholesterol".'],
  [['--type', 'toString', 'a.csv'], 'There is no record type "toString".'],
  [['--from', '14.3.2026', 'a.csv'], '--from needs a time'],
  [['--to', '2026-02-30', 'a.csv'], '--to needs a time'],
  [['--pages', 'history', 'a.bin'], 'go with --driver'],
  [['--answer', 'serial=1', 'a.bin'], 'go with --driver'],
  [['--driver', 'contour', '--answer', 'serial', 'a.bin'], '--answer needs a name and a text'],
])('%j is refused', (words, message) => {
  expect(() => wishesFrom(words)).toThrow(UsageError)
  expect(() => wishesFrom(words)).toThrow(message)
})

test('the usage names every option', () => {
  for (const option of [
    'type',
    'from',
    'to',
    'skipped',
    'driver',
    'model',
    'bridge',
    'answer',
    'pages',
    'serial',
    'help',
  ]) {
    expect(usage).toContain(`--${option}`)
  }
})
