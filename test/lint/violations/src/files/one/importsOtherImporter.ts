// Reported: no-restricted-imports
import { rows } from '../two/rows.ts'
export const b = rows
