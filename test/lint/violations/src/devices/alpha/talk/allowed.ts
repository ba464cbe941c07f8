// Reported: nothing
import { a } from '#bytes/thing.ts'
import type { Driver } from '../../driver.ts'
import { usb } from '../../ports/thing.ts'
import { astm } from '../../shared/astm.ts'
import { later } from '../usesTimer.ts'
export const b = [a, usb, astm, later]
export type C = Driver
