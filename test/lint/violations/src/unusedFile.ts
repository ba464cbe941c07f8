// Reported: unused
export const nobodyImportsThis = 1
