// Reported: format
export const   a = { b:1 };
