// Reported: nothing
import { mean } from '#stats/thing.ts'
export const page = mean
