/**
 * One bench at a time on a machine: two guests keep each other waiting for so long that devices seem silent. The turn is a
 * socket with a name that exists once on the machine and goes with the program, however that ends.
 */
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { pause } from './deadlines.ts'

/** The zero makes it a name in the kernel, without a file. */
const NAME = '\0basalt-bench'
const LOOK_AGAIN_MS = 1000

/**
 * Waits until no other bench runs, and keeps the turn until `close`. `onWait` is called when it is taken. Throws when it is
 * not free in time.
 */
export async function takeTurn(timeoutMs: number, onWait: () => void, name = NAME): Promise<Server> {
  const endMs = Date.now() + timeoutMs
  let isWaiting = false
  for (;;) {
    const server = createServer(socket => socket.destroy())
    server.listen(name)
    try {
      await once(server, 'listening')
      return server
    } catch (error) {
      if (Date.now() >= endMs) throw new Error('another USB bench runs on this machine', { cause: error })
      if (!isWaiting) onWait()
      isWaiting = true
      await pause(LOOK_AGAIN_MS)
    }
  }
}
