// Reported: nothing
export const frame = 1
