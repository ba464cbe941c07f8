// Reported: no-cycle
import { two } from './cycleTwo.ts'
export const one = (): number => two() + 1
