// Reported: nothing
import { a } from '#records/thing.ts'
export const mean = a
