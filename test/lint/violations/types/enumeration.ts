// Reported: TS1294
export enum Kind {
  Pump,
}
