/**
 * Cables with an echo at their other end, one for each kind of USB device, for what no driver of the app uses yet: they
 * prove that the kind is recognised by its kernel driver, listed and opened by Chromium, and that the app's own ports
 * carry bytes over it unharmed.
 */
import type { Connection, Simulator } from '#devices/driver.ts'
import type { Bench, Cable } from '../bench.ts'
import { SLOW_MS } from '../browser.ts'
import { within } from '../deadlines.ts'
import { cdcAcm, ch340, cp210x, ftdi, ftdiSio, pl2303, vendorBulk } from '../personalities.ts'
import type { PortsProbe, Said } from '../portsProbe.ts'
import type { DeviceOptions, Mishap, Personality } from '../usbip/device.ts'
import type { Taking } from './takers.ts'
import { expectEqual } from './expect.ts'
import type { Story } from './stories.ts'

export interface Loopback {
  readonly connection: Connection
  readonly personality: Personality
}

const BAUD_RATE = 9600

const overUsb = (kind: (ids: Connection) => Personality, vendorId: number, productId: number): Loopback => {
  const connection: Connection = { transport: 'usb', vendorId, productId }
  return { connection, personality: kind(connection) }
}
const overSerial = (kind: (ids: Connection) => Personality, vendorId: number, productId: number): Loopback => {
  const connection: Connection = { transport: 'serial', vendorId, productId, baudRate: BAUD_RATE }
  return { connection, personality: kind(connection) }
}

export const loopbacks = {
  bulk: overUsb(vendorBulk, 0x0a21, 0x8001),
  ftdi: overSerial(ftdi, 0x0403, 0x6001),
  ftdiSio: overSerial(ftdiSio, 0x0403, 0x6015),
  pl2303: overSerial(pl2303, 0x067b, 0x2303),
  cp210x: overSerial(cp210x, 0x10c4, 0xea60),
  cdcAcm: overSerial(cdcAcm, 0x22a3, 0x0047),
  ch340: overSerial(ch340, 0x1a86, 0x7523),
} as const satisfies Readonly<Record<string, Loopback>>

const echo: Simulator = { receive: packet => [packet] }

/** Short of a packet, a whole one, one and a bit, several: where ends of transfers go wrong if they do. */
const lengths = [1, 62, 63, 64, 65, 128, 300]
const messages = lengths.map(length => Array.from({ length }, (_, i) => (7 * i + length) & 0xff))

/** Everything said comes back as it was. */
export const echoes =
  (loopback: Loopback, mishaps: readonly Mishap[] = []): Story =>
  async bench => {
    await plugIn(bench, loopback, { mishaps })
    expectEqual(await say(bench, loopback, messages), { replies: messages }, 'what came back')
  }

/** As `echoes`, and every transfer arrived with these bytes in front of what was said. */
export const echoesBehind =
  (loopback: Loopback, inFront: (message: readonly number[]) => readonly number[]): Story =>
  async bench => {
    const cable = await plugIn(bench, loopback)
    // Each fits into one packet, so that a transfer is a message.
    const short = messages.filter(({ length }) => length < 64)
    expectEqual(await say(bench, loopback, short), { replies: short }, 'what came back')
    const wanted = short.map(message => [...inFront(message), ...message])
    expectEqual(
      cable.device.heard.map(transfer => [...transfer]),
      wanted,
      'what the cable received',
    )
  }

/** What is said to the device while its cable is pulled ends with `unplugged`; plugged in again, it works as before. */
export const echoesAfterReplug =
  (loopback: Loopback): Story =>
  async bench => {
    const cable = await plugIn(bench, loopback, { mishaps: [{ at: 4, kind: 'unplug' }] })
    const { replies, failure } = await say(bench, loopback, messages)
    expectEqual({ code: failure?.code, whole: replies.length - 1 }, { code: 'unplugged', whole: 2 }, 'the first time')
    await cable.pull()
    await cable.plugIn()
    expectEqual(await say(bench, loopback, messages), { replies: messages }, 'the second time')
  }

/** A program of this computer takes the device; the app is told so, and has it once the program has ended. */
export const takenMeanwhile =
  (loopback: Loopback, { take, giveBack }: Taking): Story =>
  async bench => {
    await plugIn(bench, loopback)
    const pid = await bench.guest.run(take(loopback.connection), 'another program to take the device')
    const { failure } = await say(bench, loopback, messages)
    expectEqual(failure?.code, 'device-in-use', 'while it is taken')
    await bench.guest.run(giveBack(pid, loopback.connection), 'another program to give the device back')
    expectEqual(await say(bench, loopback, messages), { replies: messages }, 'afterwards')
  }

const plugIn = (
  bench: Bench,
  { connection, personality }: Loopback,
  options: Partial<DeviceOptions> = {},
): Promise<Cable> => bench.plugIn(connection.transport, { personality, simulator: echo, ...options })

/** Says it through the app's ports, in the app's page. */
async function say({ page, probeScript }: Bench, { connection }: Loopback, what: number[][]): Promise<Said> {
  // By the developer tools' protocol, since the policy lets no script in any other way.
  await page.evaluate(probeScript)
  const said = page.evaluate(
    // The script above has just put it there.
    ([how, each]) =>
      (globalThis as unknown as { basaltPortsProbe: PortsProbe }).basaltPortsProbe.echo(how, each, 20_000),
    [connection, what] as const,
  )
  return within(SLOW_MS, 'the echo', said)
}
