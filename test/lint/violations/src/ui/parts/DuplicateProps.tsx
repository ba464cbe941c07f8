// Reported: jsx-no-duplicate-props
export function Part() {
  return <p id="a" id="b" />
}
