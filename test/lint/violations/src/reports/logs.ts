// Reported: no-console
export function say(): void {
  console.log('a')
}
