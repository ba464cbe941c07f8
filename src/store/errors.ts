/** What can go wrong with the store, by what the person has to do about it. */
export const storeErrorCodes = [
  /** The browser gives no IndexedDB here (private window, blocked by policy). */
  'storage-unavailable',
  'storage-full',
  /** The database was written by a newer Basalt. */
  'storage-newer',
  /** Another tab holds the old version open. */
  'storage-blocked',
  /** The data vanished under the running app (cleared in the browser's settings, or by another tab). */
  'storage-gone',
  /** A backup file that is not one, is cut, or is of a newer Basalt. */
  'backup-unreadable',
  'not-found',
] as const
export type StoreErrorCode = (typeof storeErrorCodes)[number]

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  readonly detail: string | undefined

  constructor(code: StoreErrorCode, detail?: string, cause?: unknown) {
    super(detail ? `${code}: ${detail}` : code, { cause })
    this.code = code
    this.detail = detail
  }
}
