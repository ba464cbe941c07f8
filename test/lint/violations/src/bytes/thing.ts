// Reported: nothing
export const a = 1
