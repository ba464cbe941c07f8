/** What only a real browser has: locks that all tabs share, and devices in the window when the worker has none. */
import { expect, it } from 'vitest'
import type { DeviceError } from '#devices/errors.ts'
import { createConnection } from '#store/connection.ts'
import type { DeviceApi } from '#workers/api.ts'
import { whereDevicesAre } from '#workers/client.ts'
import { createDataApi } from '#workers/dataApi.ts'
import { whileNobodySaves, whileSaving, withDevice } from '#workers/locks.ts'

it('holds a device for one reader, and gives it back after a failure too', async () => {
  const second = await withDevice(1, 2, () =>
    withDevice(1, 2, async () => 'both').catch((error: DeviceError) => error.code),
  )
  expect(second).toBe('device-in-use')
  expect(await withDevice(1, 2, () => withDevice(1, 3, async () => 'both'))).toBe('both')
  await expect(withDevice(1, 2, () => Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError)
  expect(await withDevice(1, 2, async () => 'free again')).toBe('free again')
})

it('lets many save at once, and decodes again only while nobody does', async () => {
  const result = await whileSaving(() => whileSaving(() => whileNobodySaves(async () => 'decoded')))
  expect(result).toBeUndefined()
  expect(await whileNobodySaves(async () => 'decoded')).toBe('decoded')
})

it('does not take away or restore data while something is decoded again, as that would bring it back', async () => {
  const { api } = createDataApi({ store: createConnection({ name: 'browser-parts' }) })
  let removing: Promise<unknown> | undefined
  let removed = false
  await whileNobodySaves(async () => {
    removing = api.removeEverything().then(() => {
      removed = true
    })
    await api.preferences()
    await api.storage()
    expect(removed).toBe(false)
  })
  await removing
  expect(removed).toBe(true)
})

/** An interface that only says where it stands. */
const standingIn = (place: string, hid: boolean): DeviceApi => ({
  capabilities: async () => ({ hid, usb: true, serial: true }),
  scenarios: async () => ({ ok: true, value: [] }),
  permitted: async () => ({ ok: true, value: [] }),
  read: async () => ({ ok: false, failure: { code: 'cancelled' } }),
  cancel: async () => {},
  lastConversation: async () => place,
})

it('runs in the window what the worker cannot do, and asks only once', async () => {
  let asked = 0
  const inWindow = async () => {
    asked++
    return standingIn('window', true)
  }
  const old = whereDevicesAre(() => standingIn('worker', false), inWindow)
  expect(await Promise.all([old.lastConversation(), old.lastConversation()])).toEqual(['window', 'window'])
  expect(asked).toBe(1)
  const modern = whereDevicesAre(() => standingIn('worker', true), inWindow)
  expect(await modern.lastConversation()).toBe('worker')
  expect(asked).toBe(1)
})
