// Reported: nothing
import { a } from '../thing.ts'
export const rows = a
