// Reported: nothing
export const a = 1
export interface Thing {
  readonly a: number
}
