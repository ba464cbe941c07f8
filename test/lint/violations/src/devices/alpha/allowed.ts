// Reported: nothing
import { a } from '#bytes/thing.ts'
import type { Thing } from '#records/thing.ts'
import type { Driver } from '../driver.ts'
import { usb } from '../ports/thing.ts'
import { astm } from '../shared/astm.ts'
export const b = [a, usb, astm]
export type Both = Driver & Thing
