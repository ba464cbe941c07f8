/** What the person is told of a CareLink file before it is saved: what it does not hold, by kind and number. */
const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

export const careLinkExportTexts = {
  ready: (records: number, from: string, to: string, size: string) =>
    `The file is ready, but not saved yet: ${many(records, 'entry', 'entries')} from ${from} to ${to} (${size}). It does not hold everything:`,
  /** In rows of their own, in words of CareLink's older export. */
  rawLowHigh: (list: string) =>
    `LO and HI of a sensor stand in the file as words, as no number was measured: ${list}. Basalt reads them again; other programs may pass over them.`,
  leftOutLowHigh: (list: string) =>
    `Among those left out are values LO and HI: ${list}. No number was measured, and CareLink’s format has no word for them.`,
  saveAllTheSame: 'Save it all the same',
}
