// Reported: consistent-type-imports
import { Thing } from '#records/thing.ts'
export const size = (thing: Thing): number => thing.a
