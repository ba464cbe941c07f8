// Reported: no-restricted-imports
import { a } from '../../bytes/thing.ts'
export const b = a
