// Reported: nothing
export const astm = 1
