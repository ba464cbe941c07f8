// Reported: no-self-import
import { a } from './itself.ts'
export const b = (): number => a
export const a = 1
