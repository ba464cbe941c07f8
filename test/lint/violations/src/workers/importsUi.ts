// Reported: no-restricted-imports
import { draw } from '#ui/charts/thing.ts'
export const b = draw
