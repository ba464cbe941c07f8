// Reported: nothing
import { db } from '#store/thing.ts'
export const b = db
