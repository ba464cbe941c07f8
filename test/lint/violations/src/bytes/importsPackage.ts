// Reported: no-restricted-imports
import { sha256 } from '@noble/hashes/sha2.js'
export const b = sha256
