// Reported: no-restricted-imports
import { Chart } from 'chart.js'
export const b = Chart
