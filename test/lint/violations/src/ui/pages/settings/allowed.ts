// Reported: nothing
import { text } from '../../texts.ts'
export const b = text
