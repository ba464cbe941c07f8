// Reported: no-unused-vars
const a = 1
export const b = 2
