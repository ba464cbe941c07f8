/**
 * How tests start Chromium: the system's own (Debian's package), headless, without any connection of its own.
 * As root Chromium needs `--no-sandbox`.
 */
import { existsSync } from 'node:fs'

const named = process.env['CHROMIUM']

/** Where it may be; `CHROMIUM` names another place, and then no other is tried. */
export const chromiumPlaces = named
  ? [named]
  : ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const chromiumPath = chromiumPlaces.find(place => existsSync(place)) ?? '/usr/bin/chromium'

/** @type {{ executablePath: string, args: string[] }} */
export const chromiumLaunchOptions = {
  executablePath: chromiumPath,
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}
