// Reported: jsx-no-script-url, no-script-url
export function Part() {
  return <a href="javascript:run()">Run</a>
}
