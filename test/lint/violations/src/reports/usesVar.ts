// Reported: no-var
export function one(): number {
  var a = Math.random()
  a += 1
  return a
}
