/**
 * The captured pumps as downloads, as the driver keeps them: history pages under absolute numbers, replies by opcode.
 * Only where the captures lie beside the checkout. What a capture has no bytes of is said at its pump.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { bytesFromHex } from '#bytes/hex.ts'
import type { Download, Page } from '#devices/driver.ts'
import { captures } from '../../../helpers/captures.ts'

export const folder = captures('paradigm')

export const capturedNames = ['522-contour-next-link', '723-stick', '554-veo', '515', '554-mgdl-pages'] as const
export type CapturedName = (typeof capturedNames)[number]

interface Told {
  readonly model: string
  readonly serial: string
  /** Pages ever written; 100 where the capture does not tell. */
  readonly counter: number
  /** CareLink's export beside the pages. */
  readonly csv?: string
}

const TOLD: Readonly<Record<CapturedName, Told>> = {
  '522-contour-next-link': { model: '522', serial: '665455', counter: 514, csv: 'carelink-export.csv' },
  '723-stick': { model: '723', serial: '345192', counter: 459, csv: 'carelink-export.csv' },
  '554-veo': { model: '554', serial: '904717', counter: 100, csv: 'carelink-export-from-2011-09-28.csv' },
  '515': { model: '515', serial: '208850', counter: 100, csv: 'carelink-export-2006.csv' },
  '554-mgdl-pages': { model: '554', serial: '720726', counter: 100 },
}

export const csvOf = (name: CapturedName): string | undefined =>
  TOLD[name].csv === undefined ? undefined : `${folder}/${name}/${TOLD[name].csv}`

/** History pages newest first, behind all replies that the capture tells. */
export function capturedDownload(name: CapturedName): Download {
  const { model, serial, counter } = TOLD[name]
  const replies = repliesOf(name)
  if (!replies.has(0x8d)) replies.set(0x8d, padded(bytesFromHex(`03${toHex(model)}`), 64))
  if (!replies.has(0x9d)) replies.set(0x9d, padded(Uint8Array.of(0, 0, 0, counter), 64))
  const pages: Page[] = [...replies].map(([index, bytes]) => ({ kind: 'reply', index, bytes }))
  for (const kind of ['history', 'glucose', 'isig']) {
    for (const file of readdirSync(`${folder}/${name}`).sort()) {
      const [, number] = new RegExp(`^${kind}-(\\d+)\\.bin$`).exec(file) ?? []
      if (number === undefined) continue
      const index = kind === 'history' ? counter - Number(number) : Number(number)
      pages.push({ kind, index, bytes: new Uint8Array(readFileSync(`${folder}/${name}/${file}`)) })
    }
  }
  return {
    driver: 'paradigm',
    modelId: `paradigm-${model}`,
    device: { kind: 'pump', manufacturer: 'Medtronic', model: `MiniMed Paradigm ${model}`, serial },
    pages,
    complete: true,
  }
}

function repliesOf(name: CapturedName): Map<number, Uint8Array> {
  if (name === '522-contour-next-link') return repliesOfLink(`${folder}/${name}/hid-reports.jsonl`)
  if (name === '723-stick') return repliesOfStick(`${folder}/${name}/stick-settings-reads.jsonl`)
  return name === '515' ? repliesFromExport(csvOf(name) ?? '') : new Map()
}

interface Line {
  readonly dir: 'in' | 'out'
  readonly hex: string
}

const linesOf = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    // The captures' README names the fields.
    .map(line => JSON.parse(line) as Line)

/** Messages of 33 bytes and a payload, in reports of at most 60 behind a length; a payload of 64 is a frame. */
function repliesOfLink(path: string): Map<number, Uint8Array> {
  const frames = new Map<number, number[]>()
  let asked = 0
  const parts = { in: [] as number[], out: [] as number[] }
  for (const { dir, hex } of linesOf(path)) {
    const report = bytesFromHex(hex)
    const part = parts[dir]
    part.push(...report.subarray(4, 4 + (report[3] ?? 0)))
    if (part[0] !== 0x51 || part[1] !== 0x01) part.length = 0
    const payload = (part[28] ?? 0) | ((part[29] ?? 0) << 8)
    if (part.length < 33 + payload || part.length === 0) continue
    if (dir === 'out' && part[18] === 0x12) {
      asked = part[33 + 4] ?? 0
      frames.set(asked, [])
    } else if (dir === 'in' && payload === 64) frames.get(asked)?.push(...part.slice(33))
    part.length = 0
  }
  return new Map([...frames].filter(([, bytes]) => bytes.length > 0).map(([op, bytes]) => [op, Uint8Array.from(bytes)]))
}

/** A transmission names the opcode at 13; chunks carry their length at 5 and their bytes from 13. */
function repliesOfStick(path: string): Map<number, Uint8Array> {
  const replies = new Map<number, Uint8Array>()
  let asked = 0
  for (const { dir, hex } of linesOf(path)) {
    const bytes = bytesFromHex(hex)
    if (dir === 'out' && hex.startsWith('0100a7')) asked = bytes[13] ?? 0
    const length = (((bytes[5] ?? 0) << 8) | (bytes[6] ?? 0)) & 0x7fff
    if (dir === 'in' && bytes[0] === 2 && length >= 64) {
      replies.set(asked, Uint8Array.of(...(replies.get(asked) ?? []), ...bytes.subarray(13, 13 + length)))
    }
  }
  return new Map([...replies].filter(([, bytes]) => bytes.length <= 192))
}

/**
 * The 515's replies were not recorded. What CareLink read with them stands in the last upload of its export: the profiles,
 * the selected pattern and the clock, put back into the bytes that they came in.
 */
function repliesFromExport(path: string): Map<number, Uint8Array> {
  const rows = readFileSync(path, 'latin1')
    .split('\n')
    .filter(line => line.includes(',7/3/06,10:00:14,'))
  const patterns = ['standard', 'pattern a', 'pattern b']
  const replies = new Map<number, Uint8Array>([
    [0x70, padded(Uint8Array.of(10, 0, 14, 0x07, 0xd6, 7, 3), 64)],
    [0xc0, padded(Uint8Array.of(0, 1, 0, 1, 0, 100, 0, 80, 0, 0, 1, 0), 64)],
  ])
  patterns.forEach((pattern, i) => {
    const [, datum] =
      /,(\d+),\d+,\d+,Paradigm/.exec(
        rows.find(row => row.includes(`CurrentBasalProfilePattern,"PATTERN_NAME=${pattern},`)) ?? '',
      ) ?? []
    const segments = rows
      .flatMap(row => {
        const found = /PATTERN_DATUM=(\d+), PROFILE_INDEX=(\d+), RATE=([\d.]+), START_TIME=(\d+)/.exec(row)
        return found?.[1] === datum && found ? [{ rate: Number(found[3]), halfHour: Number(found[4]) / 1_800_000 }] : []
      })
      .sort((a, b) => a.halfHour - b.halfHour)
    const bytes = segments.flatMap(({ rate, halfHour }) => [
      Math.round(rate * 40) & 0xff,
      Math.round(rate * 40) >> 8,
      halfHour,
    ])
    replies.set(0x92 + i, padded(Uint8Array.from(bytes), 192))
    if (rows.some(row => row.includes(`CurrentActiveBasalProfilePattern,PATTERN_NAME=${pattern},`))) {
      const general = replies.get(0xc0)
      if (general) general[11] = i
    }
  })
  return replies
}

const toHex = (text: string): string => Buffer.from(text, 'latin1').toString('hex')

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const page = new Uint8Array(length)
  page.set(bytes)
  return page
}
