/** Whether any tab of this browser is reading a device just now: the device worker holds a lock while it does. */

export async function isDeviceHeld(): Promise<boolean> {
  const locks = await navigator.locks?.query()
  return locks?.held?.some(({ name }) => name?.startsWith('read:') || name?.startsWith('device:')) ?? false
}
