// Reported: no-restricted-imports
import { frame } from '#devices/beta/frame.ts'
export const b = frame
