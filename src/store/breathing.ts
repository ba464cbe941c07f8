/**
 * Long work on a stream that lets other messages in. Chunks that lie ready are handed over without the event loop ever
 * getting a turn, and "cancel" would be heard only at the end.
 */

/** How long work may go on before others get their turn. */
const TURN_MS = 50

/** The same chunks, with a pause for the event loop now and then. */
export async function* breathing<T>(chunks: AsyncIterable<T>): AsyncGenerator<T> {
  let since = performance.now()
  for await (const chunk of chunks) {
    yield chunk
    if (performance.now() - since < TURN_MS) continue
    await new Promise(resolve => setTimeout(resolve, 0))
    since = performance.now()
  }
}
