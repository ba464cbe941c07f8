// Reported: nothing
export const text = 'a'
