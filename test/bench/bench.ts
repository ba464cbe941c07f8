/**
 * What a case has in its hands: the guest, the browser in it, and virtual cables to plug in and pull. Everything that a
 * case starts ends with it.
 */
import type { Page } from 'playwright'
import type { Connection, Simulator } from '#devices/driver.ts'
import { type GuestBrowser, SLOW_MS } from './browser.ts'
import { eventually } from './deadlines.ts'
import { type Guest, HOST_ADDRESS } from './guest/guest.ts'
import { createDevice, type DeviceOptions, type VirtualDevice } from './usbip/device.ts'
import type { UsbIpServer } from './usbip/server.ts'

export interface Cable {
  readonly device: VirtualDevice
  /** Puts it back in after it was pulled. */
  plugIn(): Promise<void>
  /** Pulls it and waits until Chromium has noticed. */
  pull(): Promise<void>
  /** Pulls it. */
  unplug(): void
  /** Waits until Chromium lists it, or no longer does. */
  untilListed(wanted: boolean): Promise<void>
}

export interface Bench {
  readonly guest: Guest
  /** The first tab; it shows the app. */
  readonly page: Page
  readonly origin: string
  /** Another tab of the same browser. */
  newTab(): Promise<Page>
  /** Plugs a device in and waits until Chromium lists it as permitted. */
  plugIn(transport: Connection['transport'], options: DeviceOptions): Promise<Cable>
  /** A line of the log that is kept when the case fails. */
  log(line: string): void
  /** Script that runs in the app's page, with the app's own ports in it (`portsProbe.ts`). */
  readonly probeScript: string
}

export interface BenchParts {
  readonly guest: Guest
  readonly usb: UsbIpServer
  readonly browser: GuestBrowser
  readonly origin: string
  readonly probeScript: string
  /** Every simulator is put through this before it is plugged in. */
  readonly tamper: (simulator: Simulator) => Simulator
}

/** Names of ports are never used twice: a port that is being pulled may be busy for a moment. */
let lastPort = 0

/** A bench for one case. `end` pulls what is plugged in and closes what was opened. */
export function createBench(
  { guest, usb, browser, origin, probeScript, tamper }: BenchParts,
  log: (line: string) => void,
): Bench & { end(): Promise<void> } {
  const { page, context } = browser
  const tabs: Page[] = []
  const cables: Cable[] = []

  return {
    guest,
    page,
    origin,
    log,
    probeScript,

    async newTab() {
      const tab = await context.newPage()
      tabs.push(tab)
      return tab
    },

    async plugIn(transport, options) {
      const { vendorId, productId } = options.personality.description
      const device = createDevice({ ...options, simulator: tamper(options.simulator) }, log)
      const untilListed = async (wanted: boolean) => {
        const what = `Chromium to list the device ${wanted ? 'after plugging in' : 'no more'}`
        await eventually(SLOW_MS, what, async () =>
          (await isListed(page, { transport, vendorId, productId })) === wanted ? true : undefined,
        )
      }
      let busId = ''
      const cable = {
        device,
        untilListed,
        async plugIn() {
          busId = `1-${++lastPort}`
          usb.lend(busId, device)
          await guest.run(
            // One after the other: each looks for a free port first and takes it then.
            `flock /run/attaching usbip --tcp-port ${usb.port} attach -r ${HOST_ADDRESS} -b ${busId} 2>&1 && udevadm settle -t 60`,
            'plugging in',
            SLOW_MS,
          )
          await untilListed(true)
        },
        unplug: () => usb.takeBack(busId),
        async pull() {
          usb.takeBack(busId)
          await untilListed(false)
        },
      }
      cables.push(cable)
      await cable.plugIn()
      return cable
    },

    async end() {
      // With a Chromium that is gone there is nothing to clear away, and nothing to wait for.
      if (!browser.isConnected()) return
      for (const tab of tabs.splice(0)) await tab.close()
      // All of them first: two that look alike are both listed until both are out.
      for (const cable of cables) cable.unplug()
      for (const cable of cables) await cable.untilListed(false)
    },
  }
}

interface Listed {
  readonly transport: Connection['transport']
  readonly vendorId: number
  readonly productId: number
}

const isListed = (page: Page, wanted: Listed): Promise<boolean> =>
  page.evaluate(async ({ transport, vendorId, productId }) => {
    switch (transport) {
      case 'hid':
      case 'usb': {
        const devices = transport === 'hid' ? await navigator.hid.getDevices() : await navigator.usb.getDevices()
        return devices.some(device => device.vendorId === vendorId && device.productId === productId)
      }
      case 'serial': {
        const ports = await navigator.serial.getPorts()
        return ports.some(port => {
          const { usbVendorId, usbProductId } = port.getInfo()
          return port.connected && usbVendorId === vendorId && usbProductId === productId
        })
      }
    }
  }, wanted)
