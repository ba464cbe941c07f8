/** The oldest Node that everything runs on (`engines` in package.json). */

/** Ends the program with a sentence when this Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  process.stderr.write(`Basalt needs Node 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}
