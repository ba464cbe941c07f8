/** The server as a real process on the loopback: starting, the address line, a taken port, ending. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildForNode } from '../../scripts/build.mjs'

const folder = mkdtempSync(join(tmpdir(), 'basalt-server-'))
const program = join(folder, 'server', 'main.js')
const running = new Set<ChildProcess>()

beforeAll(async () => {
  mkdirSync(join(folder, 'app'))
  writeFileSync(join(folder, 'app', 'index.html'), '<!doctype html><title>Basalt</title>')
  await buildForNode('server/main.ts', join(folder, 'server'), 'main.js')
})

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('prints its address in one line and serves there', async () => {
  const server = await startServer()
  expect(server.printed()).toMatch(/^Basalt is at http:\/\/localhost:\d+\/\n$/)
  const answer = await fetch(`http://127.0.0.1:${server.port}/`)
  expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html><title>Basalt</title>'])
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'on %s it accepts nothing new, ends the request under way, exits 0',
  async signal => {
    const server = await startServer()
    const silent = await connected(server.port)
    const keptAlive = await connected(server.port)
    keptAlive.socket.write('GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(keptAlive.socket, 'data')
    const busy = await connected(server.port)
    // A request whose last line is still on its way.
    busy.socket.write('GET /v1/status HTTP/1.1\r\nHost: localhost\r\n')
    await wholeAnswer(server.port)

    server.child.kill(signal)
    await Promise.all([silent.closed, keptAlive.closed])
    await refused(server.port)
    busy.socket.write('\r\n')
    await busy.closed
    expect(busy.received()).toContain('HTTP/1.1 200 OK')
    expect(busy.received()).toContain('"ok":true')
    expect(await server.ended).toBe(0)
  },
)

test('says in a sentence that its port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  // A listening TCP server's address is an AddressInfo.
  const { port } = other.address() as AddressInfo
  const { child, ended, complaints } = launch({ PORT: String(port) })
  expect(await ended).toBe(1)
  expect(complaints()).toBe(
    `Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start\n`,
  )
  expect(child.killed).toBe(false)
  other.close()
})

test('says in a sentence that there is no built app', async () => {
  const { ended, complaints } = launch({ BASALT_APP: join(folder, 'nowhere') })
  expect(await ended).toBe(1)
  expect(complaints()).toContain('"npm run build" makes it')
})

test('says in a sentence that a setting cannot be meant', async () => {
  const { ended, complaints } = launch({ PORT: 'http' })
  expect(await ended).toBe(1)
  expect(complaints()).toBe('PORT must be a number from 0 to 65535, but it is "http".\n')
})

function launch(environment: Record<string, string>) {
  const child = spawn(process.execPath, [program], { env: { PORT: '0', ...environment }, stdio: 'pipe' })
  running.add(child)
  let printed = ''
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    printed += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    complaints += text
  })
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    // `close` gives the exit status first.
    return code as number | null
  })
  return { child, ended, printed: () => printed, complaints: () => complaints }
}

async function startServer() {
  const server = launch({})
  await once(server.child.stdout, 'data')
  return { ...server, port: Number(/:(\d+)\//.exec(server.printed())?.[1]) }
}

async function connected(port: number) {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('utf8').on('data', text => {
    received += text
  })
  const closed = new Promise<void>(resolve => socket.on('error', () => {}).on('close', () => resolve()))
  await once(socket, 'connect')
  return { socket, closed, received: () => received }
}

/** A whole answer on a connection of its own: whatever was sent before on others has then been taken up. */
async function wholeAnswer(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/status`, { headers: { Connection: 'close' } })
  await answer.text()
}

/** Resolves when a new connection is refused. */
async function refused(port: number): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException>(resolve => connect(port, '127.0.0.1').on('error', resolve))
  expect(error.code).toBe('ECONNREFUSED')
}
