/** The server's settings, read from the environment; each has a default that works on one's own computer. */

export interface ServerSettings {
  /** 0: any free port. */
  readonly port: number
  readonly host: string
  readonly https: boolean
  /** Folder of the built app; undefined: beside the server's own file. */
  readonly appFolder: string | undefined
}

/** A setting that cannot be meant; the message is for the person who starts the server. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/** Throws {@link SettingsError}. */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): ServerSettings {
  const port = environment['PORT'] || '4810'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new SettingsError(`PORT must be a number from 0 to 65535, but it is "${port}".`)
  }
  const https = environment['BASALT_HTTPS'] || '0'
  if (https !== '0' && https !== '1') throw new SettingsError(`BASALT_HTTPS must be 0 or 1, but it is "${https}".`)
  return {
    port: Number(port),
    host: environment['HOST'] || '127.0.0.1',
    https: https === '1',
    appFolder: environment['BASALT_APP'] || undefined,
  }
}
