// Reported: nothing
import Dexie from 'dexie'
import { a } from '#records/thing.ts'
export const db = [Dexie, a, indexedDB]
