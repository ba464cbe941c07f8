// Reported: ban-ts-comment
// @ts-ignore
export const size: number = 'a'
