// Reported: nothing
import * as v from 'valibot'
export const b = v
