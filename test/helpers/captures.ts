/**
 * Real captures lie beside the checkout, never inside it. Tests that need them ask here and skip without them:
 * `describe.skipIf(!folder)('…')`, with the reason in the test's name.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Path of `../shared/captures/NAME` beside the checkout, or undefined when it is not there. */
export function captures(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../shared/captures/${name}`, import.meta.url))
  return existsSync(path) ? path : undefined
}
