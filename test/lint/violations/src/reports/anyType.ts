// Reported: no-explicit-any
export const size = (thing: any): number => thing.size
