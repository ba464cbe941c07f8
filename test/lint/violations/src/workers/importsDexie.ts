// Reported: no-restricted-imports
import Dexie from 'dexie'
export const b = Dexie
