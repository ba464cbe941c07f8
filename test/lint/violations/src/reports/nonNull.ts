// Reported: no-non-null-assertion
export const first = (list: readonly number[]): number => list[0]!
