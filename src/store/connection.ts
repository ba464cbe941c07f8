/**
 * One thread's open database: opened once, asked for by everybody, and honest about having been lost. A lost one is
 * opened again only on request, so that a vanished history is never shown as an empty one without a word.
 */
import { type Database, type OpenOptions, openDatabase } from './db.ts'
import type { StoreError } from './errors.ts'

export interface Connection {
  /**
   * Opens the database, also again after it was lost. Throws StoreError; `storage-blocked` at once while another tab
   * holds an older version (asking again later succeeds when that tab is gone).
   */
  open(): Promise<Database>
  /** The database; opens it the first time. Throws the StoreError it was lost with. */
  current(): Promise<Database>
}

export function createConnection({ onTrouble = () => {}, ...options }: OpenOptions = {}): Connection {
  let opening: Promise<Database> | undefined
  let blocked: StoreError | undefined
  let lost: StoreError | undefined
  /** Of all who wait for the database to open. */
  const refusals = new Set<(blocked: StoreError) => void>()

  function onStoreTrouble(trouble: StoreError): void {
    if (trouble.code === 'storage-blocked') {
      blocked = trouble
      for (const refuse of refusals) refuse(trouble)
    } else {
      lost = trouble
      opening = undefined
    }
    onTrouble(trouble)
  }

  async function open(): Promise<Database> {
    lost = undefined
    if (blocked) throw blocked
    opening ??= openDatabase({ ...options, onTrouble: onStoreTrouble }).then(
      db => {
        blocked = undefined
        return db
      },
      error => {
        blocked = undefined
        opening = undefined
        throw error
      },
    )
    const opened = opening
    return new Promise<Database>((resolve, reject) => {
      refusals.add(reject)
      void opened.then(resolve, reject).finally(() => refusals.delete(reject))
    })
  }

  return {
    open,
    async current() {
      if (lost) throw lost
      return open()
    },
  }
}
