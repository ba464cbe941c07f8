// Reported: no-restricted-imports
import { a } from '../src/records/thing.ts'
export const b = a
