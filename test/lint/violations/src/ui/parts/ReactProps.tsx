// Reported: no-react-specific-props
export function Part() {
  return <p className="a">a</p>
}
