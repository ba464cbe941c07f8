/**
 * Turns what IndexedDB and Dexie throw into a StoreError that says what the person has to do. Dexie wraps the
 * browser's error in its own, sometimes twice (bulk, then abort), so the whole chain is looked at.
 */
import { StoreError, type StoreErrorCode } from './errors.ts'

/** By the error's name; the first match along the chain decides, and a full disk wins over everything else. */
const codes: Readonly<Record<string, StoreErrorCode>> = {
  QuotaExceededError: 'storage-full',
  VersionError: 'storage-newer',
  DatabaseClosedError: 'storage-gone',
  InvalidStateError: 'storage-gone',
  NoSuchDatabaseError: 'storage-gone',
  OpenFailedError: 'storage-unavailable',
  MissingAPIError: 'storage-unavailable',
  MissingApiError: 'storage-unavailable',
  SecurityError: 'storage-unavailable',
  UnknownError: 'storage-unavailable',
}

/** The StoreError behind an error, or the error itself when the store is not to blame. */
export function asStoreError(error: unknown): unknown {
  const chain = chainOf(error)
  const known = chain.find(link => link instanceof StoreError)
  if (known) return known
  const names = chain.map(nameOf)
  const code = names.includes('QuotaExceededError')
    ? 'storage-full'
    : (names.map(codeOf).find(Boolean) ?? aborted(names))
  return code ? new StoreError(code, String(error), error) : error
}

/** Runs `work`; what the store is to blame for is thrown as StoreError, everything else as it is. */
export async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw asStoreError(error)
  }
}

const codeOf = (name: string): StoreErrorCode | undefined => (Object.hasOwn(codes, name) ? codes[name] : undefined)

/** We never abort: a transaction that ends so without another reason lost its database. */
const aborted = (names: readonly string[]): StoreErrorCode | undefined =>
  names.every(name => name === 'AbortError') && names.length > 0 ? 'storage-gone' : undefined

const nameOf = (error: unknown): string => (error instanceof Object && 'name' in error ? String(error.name) : '')

/** The error and everything it wraps, outermost first. */
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  const waiting: unknown[] = [error]
  while (waiting.length > 0 && chain.length < 50) {
    const link = waiting.shift()
    if (!(link instanceof Object) || chain.includes(link)) continue
    chain.push(link)
    if ('inner' in link) waiting.push(link.inner)
    if ('cause' in link) waiting.push(link.cause)
    if ('failures' in link && Array.isArray(link.failures)) waiting.push(...link.failures.slice(0, 5))
  }
  return chain
}
