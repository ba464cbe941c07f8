/** The browser's promise to keep the data when space runs short. Only the window can ask for it. */

export async function isStorageKept(): Promise<boolean> {
  return (await navigator.storage?.persisted?.()) ?? false
}

/** Asks for the promise; true when it holds afterwards. */
export async function askToKeepStorage(): Promise<boolean> {
  return (await isStorageKept()) || ((await navigator.storage?.persist?.()) ?? false)
}
