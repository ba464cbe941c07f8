/** Ends a server without cutting off what it is answering. */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

const GRACE_MS = 10_000
const SWEEP_MS = 50

/**
 * A function that stops accepting connections, lets requests under way end for up to ten seconds, and then calls
 * `done`. Calling it again does nothing more. Must be called before the first connection.
 */
export function stopGracefully(server: Server, done: () => void): () => void {
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  let stopping = false
  return () => {
    if (stopping) return
    stopping = true
    const sweep = setInterval(() => {
      // Kept alive after an answer.
      server.closeIdleConnections()
      // Opened by browsers on suspicion, nothing said yet. Node does not count these as idle.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    }, SWEEP_MS)
    const end = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearInterval(sweep)
      clearTimeout(end)
      done()
    })
  }
}
