/**
 * How an answer crosses threads: as plain data. An Error would lose its code on the way (structured clone keeps only
 * name, message and stack).
 */
import { type DeviceErrorCode, DeviceError } from '#devices/errors.ts'
import { type ImportErrorCode, ImportError } from '#files/importer.ts'
import { type StoreErrorCode, StoreError } from '#store/errors.ts'

export type FailureCode = DeviceErrorCode | ImportErrorCode | StoreErrorCode

export interface Failure {
  readonly code: FailureCode
  /** During what, in plain words. */
  readonly step?: string
  /** For the copyable report only. */
  readonly detail?: string
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value })

export function failureFrom(error: unknown): Failure {
  if (error instanceof DeviceError) {
    return { code: error.code, step: error.step, ...(error.detail === undefined ? {} : { detail: error.detail }) }
  }
  if (error instanceof ImportError || error instanceof StoreError) {
    return { code: error.code, ...(error.detail === undefined ? {} : { detail: error.detail }) }
  }
  return { code: 'bug', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

/** Runs `work` and turns whatever it throws into a failure. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return succeeded(await work())
  } catch (error) {
    return { ok: false, failure: failureFrom(error) }
  }
}
