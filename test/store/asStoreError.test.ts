import Dexie from 'dexie'
import { describe, expect, it } from 'vitest'
import { asStoreError, guarded } from '#store/asStoreError.ts'
import { StoreError } from '#store/errors.ts'

const quota = () => new DOMException('', 'QuotaExceededError')

describe('what the store is to blame for', () => {
  it.each([
    // As Chromium 156 and Dexie 4.4.7 gave it when the quota was set to 3 MB: an abort around the reason.
    ['a transaction that ran out of space', new Dexie.AbortError('QuotaExceededError', quota()), 'storage-full'],
    ['a bulk write that ran out of space', new Dexie.BulkError('chunks.bulkPut()', [quota()]), 'storage-full'],
    ['the browser’s own word', quota(), 'storage-full'],
    ['a closed database', new Dexie.DatabaseClosedError(), 'storage-gone'],
    ['a database of a later version', new Dexie.VersionError(), 'storage-newer'],
    ['no IndexedDB at all', new Dexie.MissingAPIError(), 'storage-unavailable'],
    ['a transaction cut off by the browser', new DOMException('', 'AbortError'), 'storage-gone'],
    ['a broken disk', new DOMException('Internal error', 'UnknownError'), 'storage-unavailable'],
    ['a policy', new DOMException('', 'SecurityError'), 'storage-unavailable'],
  ])('is named: %s', (_, error, code) => {
    expect(asStoreError(error)).toMatchObject({ name: 'StoreError', code })
  })

  it('is not our own mistakes', async () => {
    const mistake = new TypeError('undefined is not a function')
    expect(asStoreError(mistake)).toBe(mistake)
    await expect(guarded(() => Promise.reject(mistake))).rejects.toBe(mistake)
  })

  it('is said once, however often it was wrapped', () => {
    const failure = new StoreError('not-found', 'artifact')
    expect(asStoreError(new Error('around', { cause: failure }))).toBe(failure)
  })

  it('does not run in circles', () => {
    const error = new Error('round')
    error.cause = { inner: error }
    expect(asStoreError(error)).toBe(error)
  })
})
