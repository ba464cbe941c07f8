// Reported: no-restricted-imports
import { mean } from '#stats/thing.ts'
export const b = mean
