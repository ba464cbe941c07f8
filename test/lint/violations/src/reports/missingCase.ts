// Reported: switch-exhaustiveness-check
export function name(kind: 'a' | 'b'): string {
  let text = ''
  switch (kind) {
    case 'a':
      text = 'A'
      break
  }
  return text
}
