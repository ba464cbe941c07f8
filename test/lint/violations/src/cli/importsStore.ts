// Reported: no-restricted-imports
import { db } from '#store/thing.ts'
export const b = db
