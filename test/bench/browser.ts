/**
 * Chromium inside of the guest, steered from the host: only the browser runs on the slow side. The app's origin is
 * localhost in there (USB is given to secure contexts only); a relay takes it to the real server on the host.
 */
import { type BrowserContext, chromium, type Page } from 'playwright'
import { allModels } from '#devices/registry.ts'
import type { Connection } from '#devices/driver.ts'
import { chromiumPath } from '../../scripts/chromium.mjs'
import { eventually } from './deadlines.ts'
import { BROWSER_PORT, type Guest, HOST_ADDRESS } from './guest/guest.ts'

/** Everything is about 15 times slower in the guest than outside. */
export const SLOW_MS = 150_000
const START_MS = 180_000
const INNER_PORT = 9229

export interface GuestBrowser {
  readonly context: BrowserContext
  readonly page: Page
  isConnected(): boolean
  close(): Promise<void>
}

export interface BrowserOptions {
  readonly guest: Guest
  /** The real server's port, on the host and on the guest's localhost. */
  readonly appPort: number
  /** Devices beside those of the app's own list that pages may open. */
  readonly alsoPermitted: readonly Connection[]
}

/** Starts Chromium as an ordinary user, with all devices permitted by policy: its chooser cannot be clicked. */
export async function startBrowser({ guest, appPort, alsoPermitted }: BrowserOptions): Promise<GuestBrowser> {
  const origin = `http://localhost:${appPort}`
  const policy = policyFor([...allModels.flatMap(({ connections }) => connections), ...alsoPermitted], origin)
  const flags = [
    ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-extensions', '--disable-breakpad'],
    // Pages of Chromium's own for its address bar, kept ready behind the tab: here they cost as much as the app itself.
    '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI',
    // The second tab must not put the first to sleep.
    ...[
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
    ],
    ...[
      '--force-prefers-reduced-motion',
      '--lang=en-GB',
      '--window-size=1024,768',
      '--user-data-dir=/run/person/profile',
    ],
    `--remote-debugging-port=${INNER_PORT}`,
  ]
  await guest.run(
    `mkdir -p /etc/chromium/policies/managed /run/person
cat > /etc/chromium/policies/managed/bench.json <<'POLICY'
${JSON.stringify(policy)}
POLICY
chown 1000:1000 /run/person
socat TCP-LISTEN:${appPort},bind=127.0.0.1,reuseaddr,fork TCP:${HOST_ADDRESS}:${appPort} > /run/relay.log 2>&1 < /dev/null &
socat TCP-LISTEN:${BROWSER_PORT},bind=10.0.2.15,reuseaddr,fork TCP:127.0.0.1:${INNER_PORT} > /run/relay.log 2>&1 < /dev/null &
HOME=/run/person TMPDIR=/run/person setsid setpriv --reuid=1000 --regid=1000 --clear-groups ${chromiumPath} ${flags.join(' ')} about:blank > /run/chromium.log 2>&1 < /dev/null &`,
    'Chromium to be started',
  )
  const address = `http://127.0.0.1:${guest.browserPort}`
  await eventually(START_MS, 'Chromium to answer', async () =>
    (await fetch(`${address}/json/version`, { signal: AbortSignal.timeout(20_000) })).ok ? true : undefined,
  )
  const browser = await chromium.connectOverCDP(address, { timeout: START_MS })
  const [context] = browser.contexts()
  if (!context) throw new Error('Chromium has no window')
  context.setDefaultTimeout(SLOW_MS)
  const page = context.pages()[0] ?? (await context.newPage())
  return { context, page, isConnected: () => browser.isConnected(), close: () => browser.close() }
}

/** Cable sheet §7.5. */
function policyFor(connections: readonly Connection[], origin: string): Readonly<Record<string, unknown>> {
  const entry = (transport: Connection['transport']) => [
    {
      devices: connections
        .filter(connection => connection.transport === transport)
        .map(({ vendorId, productId }) => ({ vendor_id: vendorId, product_id: productId })),
      urls: [origin],
    },
  ]
  return {
    WebHidAllowDevicesForUrls: entry('hid'),
    WebUsbAllowDevicesForUrls: entry('usb'),
    SerialAllowUsbDevicesForUrls: entry('serial'),
  }
}
