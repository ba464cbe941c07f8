// Reported: TS2322
const list: readonly number[] = []
export const first: number = list[0]
