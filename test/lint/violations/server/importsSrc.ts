// Reported: no-restricted-imports
import { a } from '#records/thing.ts'
export const b = a
