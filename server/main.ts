/**
 * Starts the server: settings from the environment, the built app from beside this file, one line with the address.
 * Ends on SIGTERM and SIGINT after the requests under way are answered.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app.ts'
import { readAppFiles } from './appFiles.ts'
import { SettingsError, settingsFrom } from './settings.ts'
import { stopGracefully } from './stop.ts'

try {
  await start()
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function start(): Promise<void> {
  const settings = settingsFrom(process.env)
  const folder = settings.appFolder ?? fileURLToPath(new URL('../app', import.meta.url))
  const files = await readAppFiles(folder).catch((error: unknown) => {
    throw new SettingsError(`There is no built app in ${folder}; "npm run build" makes it. (${String(error)})`)
  })
  const version = import.meta.env.BASALT_VERSION ?? '0'
  const app = createApp({ files, version, https: settings.https, now: () => new Date() })

  // Security sheet §4: a connection that says nothing must not stay.
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000 }, getRequestListener(app.fetch))
  server.on('error', (error: NodeJS.ErrnoException) => {
    process.stderr.write(`${startFailure(error, settings.port, settings.host)}\n`)
    process.exit(1)
  })

  server.on('listening', () => {
    // A server that listens on a TCP port has an AddressInfo.
    process.stdout.write(`Basalt is at ${urlOf(server.address() as AddressInfo)}\n`)
  })
  server.listen(settings.port, settings.host)

  const stop = stopGracefully(server, () => process.exit(0))
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function urlOf({ address, port, family }: AddressInfo): string {
  const host = address === '127.0.0.1' || address === '::1' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return `http://${host}:${port}/`
}

function startFailure(error: NodeJS.ErrnoException, port: number, host: string): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`
    case 'EACCES':
      return `This user may not listen on port ${port}. Choose one above 1023: PORT=4810 npm start`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This computer has no address "${host}". Set HOST to one of its own, such as 127.0.0.1.`
    default:
      return `The server could not start: ${error.message}`
  }
}
