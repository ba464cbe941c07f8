/** Reports on paper, measured in a real browser: pages, table heads, pictures, and what the tables' cells are. */
import '#ui/reports/reports.css'
import '#ui/reports/print.css'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { succeeded } from '#workers/outcome.ts'
import { layoutReport } from '#ui/paper/layoutReport.ts'
import { makePdf } from '#ui/paper/makePdf.ts'
import type { Layout, ShapeMark, TextMark } from '#ui/paper/marks.ts'
import { paperFonts } from '#ui/paper/paperFonts.ts'
import { openPaper, type PaperFrame } from '#ui/paper/paperFrame.ts'
import { textOfReport } from '#ui/paper/reportText.ts'
import { cellsOf } from '#ui/paper/tableCells.ts'
import { PrintHead } from '#ui/reports/PrintHead.tsx'
import { mountPage } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from '../reports/reportFormat.ts'

let frame: PaperFrame
beforeAll(async () => {
  frame = await openPaper(document, await paperFonts())
  return () => frame.close()
})

/** Room on a page: A4 less the margins. */
const ROOM_PT = 770
const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const texts = (marks: Layout['head']) => marks.flatMap(mark => (mark.type === 'text' ? [mark.text] : []))
const isText = (mark: Layout['head'][number]): mark is TextMark => mark.type === 'text'
const isShape = (mark: Layout['head'][number]): mark is ShapeMark => mark.type === 'shape'

/** Draws a report on the page and lays it out. */
function laidOut(content: () => Element | Element[]): Layout {
  const report = document.createElement('article')
  report.className = 'report'
  document.body.append(report)
  onTestFinished(() => report.remove())
  report.append(...[content()].flat())
  return layoutReport(frame, report, 'Title', ROOM_PT)
}

const element = <K extends keyof HTMLElementTagNameMap>(name: K, className: string, ...inside: (Node | string)[]) => {
  const made = document.createElement(name)
  made.className = className
  made.append(...inside)
  return made
}

describe('a table that is longer than a page', () => {
  const longTable = () => {
    const table = element('table', 'plain-table')
    table.createTHead().append(element('tr', '', element('th', '', 'Day'), element('th', '', 'Mean')))
    const body = table.createTBody()
    for (const row of range(150))
      body.append(element('tr', '', element('td', '', `row ${row}`), element('td', '', '7.5')))
    return element('section', 'card report-card', element('h2', '', 'Every day'), table)
  }

  test('goes on with its head on every page, and each row stands whole on one of them', () => {
    const { pages, headPt } = laidOut(longTable)
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) {
      expect(texts(page).filter(text => text === 'Mean')).toHaveLength(1)
      const letters = page.filter(isText)
      const head = letters.find(({ text }) => text === 'Mean')
      const rows = letters.filter(({ text }) => text.startsWith('row '))
      expect(Math.min(...rows.map(({ baseline }) => baseline))).toBeGreaterThan(head?.baseline ?? Infinity)
      expect(Math.max(...letters.map(({ baseline }) => baseline))).toBeLessThan(ROOM_PT - headPt)
    }
    const rows = pages.flatMap(texts).filter(text => text.startsWith('row '))
    expect(rows).toEqual(range(150).map(row => `row ${row}`))
    expect(pages.flatMap(texts).filter(text => text === 'Every day')).toHaveLength(1)
  })
})

test('a table that is too wide is drawn smaller, not cut off', () => {
  const { pages } = laidOut(() => {
    const row = element('tr', '', ...range(40).map(cell => element('td', '', `wide${cell}`)))
    return element('section', 'report-card', element('table', 'plain-table', element('tbody', '', row)))
  })
  const letters = pages.flat().filter(isText)
  expect(letters).toHaveLength(40)
  const right = Math.max(...letters.map(({ x, widthPt }) => x + widthPt))
  expect(right).toBeGreaterThan(500)
  // The smallest size that can still be read holds, whatever sticks out.
  expect(Math.min(...letters.map(({ sizePt }) => sizePt))).toBeGreaterThanOrEqual(7.5 * 0.6 - 0.01)
})

test('what is for the screen or for screen readers only is not on paper', () => {
  const { pages } = laidOut(() => [
    element('p', '', 'shown'),
    element('p', 'screen-only', 'screen'),
    element('p', 'visually-hidden', 'spoken'),
    element('p', 'print-only', 'print'),
  ])
  expect(pages.flatMap(texts)).toEqual(['shown', 'print'])
})

test('a line that wraps stands in its lines, with the words in order', () => {
  const words = range(80).map(word => `word${word}`)
  const { pages } = laidOut(() => element('p', '', words.join('\n  ')))
  const lines = texts(pages[0] ?? [])
  expect(lines.length).toBeGreaterThan(2)
  expect(lines.join(' ')).toBe(words.join(' '))
  for (const mark of (pages[0] ?? []).filter(isText)) expect(mark.x + mark.widthPt).toBeLessThanOrEqual(523.5)
})

test('a picture’s outlines and letters stand where the browser draws them', () => {
  const picture = new DOMParser().parseFromString(
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 100 50">
      <g transform="translate(10 5)"><rect x="1" y="2" width="20" height="10" fill="rgb(255,0,0)"/></g>
      <text x="40" y="20" font-size="10">plain</text>
      <text x="40" y="20" font-size="10" dominant-baseline="central">middle</text>
    </svg>`,
    'image/svg+xml',
  ).documentElement
  const marks = laidOut(() => element('div', '', document.importNode(picture, true))).pages.flat()
  // 200 pixels are 150 pt for 100 units.
  expect(marks.filter(isShape)[0]?.outline[0]).toEqual(['M', 16.5, 10.5])
  expect(marks.filter(isShape)[0]?.outline[2]).toEqual(['L', 46.5, 25.5])
  const [plain, middle] = marks.filter(isText)
  expect(plain).toMatchObject({ text: 'plain', x: 60, baseline: 30 })
  expect(plain?.sizePt).toBeCloseTo(15, 5)
  // Its middle is on the line, so its baseline lies about a third of its size lower.
  expect((middle?.baseline ?? 0) - 30).toBeGreaterThan(15 * 0.25)
  expect((middle?.baseline ?? 0) - 30).toBeLessThan(15 * 0.42)
})

describe('letters that the font does not have', () => {
  const fileOf = async (text: string) => {
    const report = element('article', 'report', element('p', '', text))
    document.body.append(report)
    onTestFinished(() => report.remove())
    const { file, pages } = await makePdf({
      paper: 'A4',
      title: 'Title',
      language: 'en',
      creator: 'Test',
      madeAt: new Date(0),
      reports: [{ title: 'Title', element: report }],
      warning: 'Warning',
      pageText: page => String(page),
    })
    expect(pages).toBe(1)
    return new TextDecoder('latin1').decode(await file?.arrayBuffer())
  }

  test('are a picture, so that no name is lost', async () => {
    expect(await fileOf('山田 Ada')).toContain('/DCTDecode')
  })

  test('are outlines where they are marks of ours', async () => {
    expect(await fileOf('★ best day')).not.toContain('/Subtype /Image')
    expect(await fileOf('Łukasz Αθήνα → ≥ ▽ ▲')).not.toContain('/Subtype /Image')
  })
})

describe('the head on paper', () => {
  const head = (change: object) => {
    const data = { preferences: async () => succeeded(preferencesWith(change)) }
    return mountPage(scriptedApi({ data }), () => <PrintHead title="Overview" days="7 days" devices={['Pump']} />)
  }
  const person = { profileName: 'Ada Example', dateOfBirth: '1984-03-01', patientId: '4711' }

  test('says whose report it is', async () => {
    const root = head({ ...person, printIdentity: true })
    await expect.poll(() => root.textContent).toContain('Ada Example')
    expect(root.textContent).toMatch(/Born (1 March|March 1,) 1984 · ID 4711/)
  })

  test('keeps it to itself when the person wants that', async () => {
    const root = head({ ...person, printIdentity: false })
    await expect.poll(() => root.textContent).toContain('Pump')
    expect(root.textContent).not.toMatch(/Ada|1984|4711/)
  })
})

describe('the cells of a table', () => {
  const table = () => {
    const made = element('table', '')
    made
      .createTHead()
      .append(
        element('tr', '', element('td', ''), Object.assign(element('th', '', 'Sensor'), { colSpan: 2 })),
        element('tr', '', element('th', '', 'Day'), element('th', '', 'Values'), element('th', '', 'Mean')),
      )
    const mean = element('td', '', '154', element('sup', '', 'a'))
    const count = element('td', '', element('button', '', '288', element('span', 'visually-hidden', '. Show them')))
    made
      .createTBody()
      .append(
        element('tr', '', element('th', '', element('a', '', 'Sat 14')), count, mean),
        element('tr', '', element('th', '', 'Sun 15'), Object.assign(element('td', '', '–'), { colSpan: 2 })),
      )
    document.body.append(made)
    onTestFinished(() => made.remove())
    return made
  }

  test('have one name a column, with its group, and marks in a column of their own', () => {
    expect(cellsOf(table(), 'Marks')).toEqual({
      names: ['Day', 'Sensor Values', 'Sensor Mean', 'Marks'],
      rows: [
        ['Sat 14', '288', '154', 'a'],
        ['Sun 15', '–', '', ''],
      ],
    })
  })

  test('stand in columns in the text, under the figures’ names and values', () => {
    const unit = element('span', '', 'mg/dL')
    unit.style.marginInlineStart = '4px'
    const figures = element(
      'dl',
      '',
      element('dt', '', 'Mean glucose'),
      element('dd', '', '154', unit),
      element('dd', '', 'on 14 days'),
    )
    const report = element(
      'article',
      '',
      element('h2', '', 'Key numbers'),
      figures,
      element('h2', '', 'Nothing'),
      table(),
    )
    report.append(element('h2', '', 'Picture only'))
    document.body.append(report)
    onTestFinished(() => report.remove())
    expect(textOfReport(report, 'Not for dosing decisions.')).toBe(
      [
        'KEY NUMBERS',
        'Mean glucose: 154 mg/dL (on 14 days)',
        '',
        'NOTHING',
        'Day     Sensor Values  Sensor Mean  Marks',
        'Sat 14            288          154  a',
        'Sun 15              –',
        '',
        'Not for dosing decisions.',
        '',
      ].join('\n'),
    )
  })
})
