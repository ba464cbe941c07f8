/**
 * A port over WebHID: one packet is one report, without its report id. Knows no device.
 * Sources: WebHID specification; cable sheet §7.2 and §7.6.
 */
import { DeviceError } from '../errors.ts'
import { errorOnOpening, errorOnTransfer, nameOf } from './browserError.ts'
import { openWithin, withDeadline } from './clock.ts'
import { guarded } from './guarded.ts'
import { createInbox } from './inbox.ts'
import type { Clock, Port, Whitelist } from './port.ts'

/** Of all HID devices of the sheets; used when the descriptor does not tell. */
const USUAL_REPORT_BYTES = 64
const WRITE_DEADLINE_MS = 3000
/** On unplugging the device may refuse a report a moment before `disconnect` comes. */
const DISCONNECT_GRACE_MS = 300

export interface HidSurroundings {
  readonly clock: Clock
  /** `navigator.hid`: where `disconnect` arrives. */
  readonly hid: EventTarget
}

/**
 * Opens a permitted HID device. Only bytes that `mayWrite` allows are ever sent.
 * Throws DeviceError `device-in-use`, `permission-lost`, `device-missing`.
 */
export async function openHid(device: HIDDevice, mayWrite: Whitelist, { clock, hid }: HidSurroundings): Promise<Port> {
  const inbox = createInbox(clock)
  const report = outputReportOf(device)

  // The bytes are copied because the browser may use the buffer again.
  const onReport = ({ data }: HIDInputReportEvent) =>
    inbox.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice())
  const onDisconnect = (event: Event) => {
    // Guaranteed by the WebHID specification: `disconnect` on HID is an HIDConnectionEvent.
    if ((event as HIDConnectionEvent).device === device) {
      inbox.fail(new DeviceError('unplugged', { step: 'listening to the device' }))
    }
  }
  // Listening starts before the device is open, so that its first words are heard.
  device.addEventListener('inputreport', onReport)
  hid.addEventListener('disconnect', onDisconnect)

  async function close(): Promise<void> {
    device.removeEventListener('inputreport', onReport)
    hid.removeEventListener('disconnect', onDisconnect)
    inbox.fail(new DeviceError('bug', { step: 'listening to the device', detail: 'the port is closed' }))
    try {
      await withDeadline(clock, WRITE_DEADLINE_MS, 'closing the device', device.close())
    } catch {
      // Closing never throws: an unplugged device is closed already.
    }
  }

  try {
    await openWithin(clock, WRITE_DEADLINE_MS, 'opening the device', {
      opening: device.open(),
      close: () => device.close(),
    })
  } catch (error) {
    device.removeEventListener('inputreport', onReport)
    hid.removeEventListener('disconnect', onDisconnect)
    throw errorOnOpening('opening the device', error)
  }

  async function sendReport(payload: Uint8Array): Promise<void> {
    const padded = new Uint8Array(report.sizeBytes)
    padded.set(payload)
    const step = 'sending to the device'
    try {
      await withDeadline(clock, WRITE_DEADLINE_MS, step, device.sendReport(report.id, padded))
    } catch (error) {
      if (nameOf(error) === 'InvalidStateError' && !inbox.failure()) await clock.sleep(DISCONNECT_GRACE_MS)
      throw inbox.failure() ?? errorOnTransfer(step, error)
    }
  }

  return guarded(
    {
      async write(bytes) {
        const failure = inbox.failure()
        if (failure) throw failure
        for (let at = 0; at < bytes.length; at += report.sizeBytes) {
          await sendReport(bytes.subarray(at, at + report.sizeBytes))
        }
      },
      read: inbox.read,
      close,
    },
    mayWrite,
  )
}

/** The first output report of the descriptor: id 0 means that the device uses no report ids. */
function outputReportOf(device: HIDDevice): { readonly id: number; readonly sizeBytes: number } {
  const report = device.collections.flatMap(collection => collection.outputReports ?? [])[0]
  const bits = (report?.items ?? []).reduce((sum, item) => sum + (item.reportSize ?? 0) * (item.reportCount ?? 0), 0)
  return { id: report?.reportId ?? 0, sizeBytes: Math.ceil(bits / 8) || USUAL_REPORT_BYTES }
}
