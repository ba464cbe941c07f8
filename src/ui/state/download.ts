/** Hands a file to the browser's downloads. */

export function download(content: Blob, fileName: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser has taken the file over long before.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
