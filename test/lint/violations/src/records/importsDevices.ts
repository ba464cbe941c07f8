// Reported: no-restricted-imports
import type { Driver } from '#devices/driver.ts'
export type Held = Driver
