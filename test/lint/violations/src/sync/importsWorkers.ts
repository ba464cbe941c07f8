// Reported: no-restricted-imports
import { api } from '#workers/api.ts'
export const b = api
