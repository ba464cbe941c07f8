// Reported: no-restricted-properties
export function show(text: string): void {
  document.write(text)
}
