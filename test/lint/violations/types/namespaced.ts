// Reported: TS1294
export namespace Pump {
  export const a = 1
}
