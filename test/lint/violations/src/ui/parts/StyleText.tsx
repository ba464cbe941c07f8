// Reported: style-prop
export function Part() {
  return <p style="color: red">a</p>
}
