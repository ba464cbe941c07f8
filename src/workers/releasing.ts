/**
 * Lets go of a callback that the window gave for one call. With Comlink only the side that holds the proxy can do that,
 * and without it each read and each import would leave a message channel open.
 */
import { releaseProxy } from 'comlink'

/** Runs `work` with the callback and releases it afterwards, if it is a proxy at all. */
export async function releasing<T>(callback: object, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    // Comlink puts this method on every proxy; a plain function (in tests, in the window) has none.
    const { [releaseProxy]: release } = callback as { readonly [releaseProxy]?: () => void }
    release?.()
  }
}
