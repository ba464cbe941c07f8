// Reported: no-restricted-imports
export const load = () => import('#files/thing.ts')
