// Reported: prefer-const
export function one(): number {
  let a = 1
  return a
}
