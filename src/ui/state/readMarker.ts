/**
 * Remembers across a reload or a closed tab that a read was running, so that Home can say afterwards what became of
 * it. Each read has its own mark: several tabs may read at once, each another device. Holds a time, a random id and the
 * model's name, and nothing about the person.
 */
import { heldReads, whileReadHeld } from './deviceLocks.ts'

const PREFIX = 'basalt.read.'

export interface ReadMark {
  readonly readId: string
  /** ms UTC. */
  readonly startedAt: number
  /** Of the model, as reports of its reads are titled. */
  readonly title: string
}

/** Marks a read until it has ended. There is no mark without its lock: another tab would take the read for dead. */
export const markWhileReading = ({ readId, ...mark }: ReadMark, reading: Promise<unknown>): Promise<void> =>
  whileReadHeld(readId, async () => {
    withStorage(storage => storage.setItem(PREFIX + readId, JSON.stringify(mark)), undefined)
    await reading
    clearReadMark(readId)
  })

export const clearReadMark = (readId: string): void =>
  withStorage(storage => storage.removeItem(PREFIX + readId), undefined)

/** Forgets the reads that were interrupted; those that still run somewhere keep their marks. */
export async function clearInterrupted(): Promise<void> {
  const running = await heldReads()
  for (const { readId } of marks()) if (!running.has(readId)) clearReadMark(readId)
}

/** The read that began last of those that never came to their end; `running` when all that are marked may still run. */
export async function interruptedRead(): Promise<ReadMark | 'running' | undefined> {
  const marked = marks()
  if (marked.length === 0) return undefined
  const running = await heldReads()
  const ended = marked.filter(({ readId }) => !running.has(readId))
  return ended.toSorted((a, b) => b.startedAt - a.startedAt)[0] ?? 'running'
}

const marks = (): readonly ReadMark[] =>
  withStorage(
    storage =>
      Object.keys(storage)
        .filter(key => key.startsWith(PREFIX))
        .flatMap(key => markFrom(key.slice(PREFIX.length), storage.getItem(key)) ?? []),
    [],
  )

/** `undefined` for what is no mark of ours. */
function markFrom(readId: string, text: string | null): ReadMark | undefined {
  try {
    const mark: unknown = JSON.parse(text ?? '')
    if (!(mark instanceof Object && 'startedAt' in mark && 'title' in mark)) return undefined
    const { startedAt, title } = mark
    return typeof startedAt === 'number' && typeof title === 'string' ? { readId, startedAt, title } : undefined
  } catch {
    return undefined
  }
}

/** Storage may be forbidden; the marks are then simply not kept. */
function withStorage<T>(use: (storage: Storage) => T, otherwise: T): T {
  try {
    return use(localStorage)
  } catch {
    return otherwise
  }
}
