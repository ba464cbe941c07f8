/**
 * The `records` command: puts drivers and importers together on the command line, as the workers do in the app, with
 * the same code. Usage and exit status are in `arguments.ts`.
 */
import { once } from 'node:events'
import { DeviceError } from '#devices/errors.ts'
import { ImportError } from '#files/importer.ts'
import { UsageError, usage, type Wishes, wishesFrom } from './arguments.ts'
import { CaptureError } from './capture.ts'
import { careLinkOf } from './careLink.ts'
import { chosenDriver, chosenWay, type FileRead, readCapture, readKnownFile, readPages } from './files.ts'
import { Reading } from './reading.ts'

async function run(wishes: Wishes): Promise<number> {
  if (wishes.help) {
    await print(usage)
    return 0
  }
  if (wishes.driver === undefined) {
    return inTurn(wishes, (path, reading) => readKnownFile(path, reading, () => flush(reading)))
  }
  const { driver, model } = await chosenDriver(wishes)
  if (wishes.pages === undefined) {
    const way = chosenWay(model, wishes)
    return inTurn(wishes, (path, reading) => readCapture(path, driver, way, reading))
  }
  const name = wishes.files.join(', ')
  return (await readOne(name, wishes, reading => readPages(wishes.files, driver, model, wishes, reading))) ? 0 : 1
}

/** One file after the other; a bad one does not stop the others. */
async function inTurn(wishes: Wishes, read: (path: string, reading: Reading) => Promise<FileRead>): Promise<number> {
  let status = 0
  for (const path of wishes.files) {
    if (!(await readOne(path, wishes, reading => read(path, reading)))) status = 1
  }
  return status
}

/** False when nothing could be read. What had been understood before a failure is printed all the same. */
async function readOne(name: string, wishes: Wishes, read: (reading: Reading) => Promise<FileRead>): Promise<boolean> {
  const reading = new Reading(name, wishes)
  let what = 'failed'
  let failure: string | undefined
  try {
    const file = await read(reading)
    what = file.what
    if (reading.recordCount === 0 && !file.whole) failure = 'Nothing in it could be read.'
  } catch (error) {
    failure = reasonOf(error)
  }
  await flush(reading)
  const more = wishes.careLink ? [await printCareLink(reading)] : []
  process.stderr.write(`${[`${name}: ${failure ?? what}`, ...reading.summary(), ...more].join('\n')}\n`)
  return failure === undefined
}

async function printCareLink(reading: Reading): Promise<string> {
  const { pieces, summary } = careLinkOf(reading)
  for await (const piece of pieces) await print(piece)
  return summary()
}

function reasonOf(error: unknown): string {
  if (error instanceof ImportError)
    return `${importReasons[error.code] ?? error.code}${error.detail ? ` (${error.detail})` : ''}`
  if (error instanceof DeviceError || error instanceof CaptureError) return error.message
  if (error instanceof Error && 'code' in error) return fileReasons[String(error.code)] ?? error.message
  throw error
}

const importReasons: Readonly<Partial<Record<ImportError['code'], string>>> = {
  'unknown-file': 'Neither a saved download nor a file that can be imported.',
  'empty-file': 'The file is empty.',
  'binary-file': 'The file is not text.',
  'nothing-readable': 'Nothing in it could be read.',
  'too-large': 'The file is too large.',
}

const fileReasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'This is a folder.',
  EACCES: 'This user may not read it.',
}

const flush = (reading: Reading): Promise<void> => print(reading.takeLines().join(''))

/** Waits while whoever reads our output is slower than we are. */
async function print(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain')
}

// Whoever reads our output has had enough, as in `records … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

try {
  process.exitCode = await run(wishesFrom(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message} See --help.\n`)
  process.exitCode = 2
}
