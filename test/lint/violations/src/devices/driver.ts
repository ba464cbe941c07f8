// Reported: nothing
export interface Driver {
  readonly id: string
}
