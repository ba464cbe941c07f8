// Reported: no-restricted-imports
import { frame } from '../../beta/frame.ts'
export const b = frame
