/** Tables as files for spreadsheets: quoting, and texts that must not become formulas. */
import { describe, expect, test } from 'vitest'
import { csvText } from '#ui/paper/csv.ts'

const line = (...cells: string[]) => csvText([cells]).slice(1, -2)

describe('a CSV file', () => {
  test('begins with a byte order mark and ends each row with CR LF', () => {
    expect(
      csvText([
        ['a', 'b'],
        ['1', ''],
      ]),
    ).toBe('\uFEFFa,b\r\n1,\r\n')
  })

  test('quotes commas, quotes, line ends and spaces at the ends', () => {
    expect(line('1,204', 'he said "no"', 'a\nb', ' x', 'plain')).toBe('"1,204","he said ""no""","a\nb"," x",plain')
  })

  test.each(['=1+1', '@SUM(A1)', '+49 30', '-cmd|x', '\tx', '=HYPERLINK("http://x")'])(
    'makes %j plain text',
    formula => {
      expect(line(formula).replace(/^"/, '').startsWith("'")).toBe(true)
    },
  )

  test.each(['-3', '+0.5', '-1.5 %', '−3', '–', '-1204.5', '+2'])('leaves %j as it is', number => {
    expect(line(number)).toBe(number)
  })
})
