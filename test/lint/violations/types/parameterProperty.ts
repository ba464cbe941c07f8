// Reported: TS1294
export class Pump {
  constructor(readonly serial: string) {}
}
