/** What the person asked the `records` command for. Knows no files and no decoders. */
import { KIND_OF_TYPE, type RecordType } from '#records/records.ts'
import { DAY_MS, type DeviceTime, deviceTimeFromIso, shifted } from '#records/time.ts'

export const usage = `Decodes what devices and programs gave, with the app's own code.

  npm run --silent records -- [options] FILE…

FILE is
  a download saved by the app        found by its first line, "basalt-download 1"
  a file that the app can import     such as a CareLink CSV export
  a raw capture, with --driver       what a device sent: JSON lines {"dir":"in","hex":"4142…"}, a JSON list of hex
                                     texts, one packet of hex a line, or .bin with HID reports of 64 bytes
  memory pages, with --pages         the same forms, each packet being one page; a .bin file is one page; of a folder
                                     all files named as history-07.bin, which is page 7 of the kind history

Prints one record per line as JSON: id, type, deviceKey, deviceTime (the device's own clock), fields, raw.
A summary of each file goes to the error stream.

Options
  --type TYPE          only records of this type; may be given several times
  --from TIME          only records from this device time on: 2026-03-14 or 2026-03-14T08:05:00
  --to TIME            only records before this time; a date alone includes its whole day
  --carelink           instead of lines, one CareLink CSV file with the records wished for
  --skipped            also print what was not understood, as lines of the type "skipped"
  --driver NAME        the files are raw captures of this driver's devices
  --model ID           the model in question; without it the driver's first
  --bridge ID          the thing between computer and device that the capture was made with
  --answer NAME=TEXT   what a person would answer to a question of the model, for captures; may be given several times
  --pages KIND         the files are memory pages of this kind, in order, all of one device; "by-name": of the kinds
                       that their names begin with
  --serial TEXT        the device's serial number, for pages
  --help               this text

Exit status: 0 when every file was read, 1 when nothing could be read of a file (the reason is on the error stream),
2 when the command was not understood.
`

export interface Wishes {
  readonly files: readonly string[]
  readonly types: ReadonlySet<string>
  readonly from: DeviceTime | undefined
  /** Not included. */
  readonly to: DeviceTime | undefined
  readonly skipped: boolean
  readonly careLink: boolean
  readonly help: boolean
  /** Set for raw captures. */
  readonly driver: string | undefined
  readonly model: string | undefined
  readonly bridge: string | undefined
  readonly answers: Readonly<Record<string, string>>
  readonly pages: string | undefined
  readonly serial: string | undefined
}

/** The command line was not understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const valued = new Set([
  '--type',
  '--from',
  '--to',
  '--driver',
  '--model',
  '--bridge',
  '--answer',
  '--pages',
  '--serial',
])
const flags = new Set(['--carelink', '--skipped', '--help', '-h'])

/** Reads the words after the command's name; `--name value` and `--name=value` are the same. Throws UsageError. */
export function wishesFrom(words: readonly string[]): Wishes {
  const given = new Map<string, string[]>()
  const files: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === '--') {
      files.push(...words.slice(i + 1))
      break
    }
    if (!word.startsWith('-') || word === '-') {
      files.push(word)
      continue
    }
    const [name, inline] = splitOnce(word)
    if (flags.has(name) && inline === undefined) given.set(name, [])
    else if (valued.has(name)) {
      const value = inline ?? words[++i]
      if (value === undefined) throw new UsageError(`${name} needs a value.`)
      given.set(name, [...(given.get(name) ?? []), value])
    } else throw new UsageError(`There is no option ${word}.`)
  }
  const last = (name: string): string | undefined => given.get(name)?.at(-1)
  const wishes: Wishes = {
    files,
    types: new Set((given.get('--type') ?? []).map(recordType)),
    from: deviceTime('--from', last('--from'), 0),
    to: deviceTime('--to', last('--to'), DAY_MS),
    skipped: given.has('--skipped'),
    careLink: given.has('--carelink'),
    help: given.has('--help') || given.has('-h'),
    driver: last('--driver'),
    model: last('--model'),
    bridge: last('--bridge'),
    answers: Object.fromEntries((given.get('--answer') ?? []).map(answerFrom)),
    pages: last('--pages'),
    serial: last('--serial'),
  }
  if (!wishes.help && files.length === 0) throw new UsageError('Which file?')
  const ofDriver = ['--model', '--bridge', '--answer', '--pages', '--serial']
  if (wishes.driver === undefined && ofDriver.some(name => given.has(name))) {
    throw new UsageError(`${ofDriver.join(', ')} go with --driver.`)
  }
  return wishes
}

function splitOnce(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=')
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

function answerFrom(text: string): readonly [string, string] {
  const [name, answer] = splitOnce(text)
  if (answer === undefined) throw new UsageError('--answer needs a name and a text, such as serial=123456.')
  return [name, answer]
}

function recordType(text: string): RecordType {
  if (!Object.hasOwn(KIND_OF_TYPE, text)) {
    throw new UsageError(`There is no record type "${text}". Types: ${Object.keys(KIND_OF_TYPE).join(', ')}.`)
  }
  // A key of KIND_OF_TYPE, checked above.
  return text as RecordType
}

/** `wholeDayMs` is added to a date without a time. */
function deviceTime(option: string, text: string | undefined, wholeDayMs: number): DeviceTime | undefined {
  if (text === undefined) return undefined
  const time = deviceTimeFromIso(text)
  if (time === undefined) throw new UsageError(`${option} needs a time such as 2026-03-14 or 2026-03-14T08:05:00.`)
  return text.length === 10 ? shifted(time, wholeDayMs) : time
}
