/** What Basalt says where reports leave it: PDF files, copied text, tables as CSV. */

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

export const paperTexts = {
  save: 'Save as PDF',
  saving: 'Making the PDF …',
  saved: (pages: number) => `Saved: ${many(pages, 'page', 'pages')}.`,
  copy: 'Copy as text',
  copied: 'Copied. Paste it into the health record.',
  copyFailed: 'The browser did not let Basalt use the clipboard. Try again with this window in front.',
  failed: 'The PDF could not be made. Your data are safe. Try again, or use Print and choose “Save as PDF” there.',
  csv: 'CSV',
  /** Name of the column with the marks of footnotes. */
  marks: 'Marks',
  /** Name of the column with the captions of several small tables. */
  group: 'Group',
  csvOf: (table: string) => `Save as CSV: ${table}`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  bornOn: (date: string) => `Born ${date}`,
  patientId: (id: string) => `ID ${id}`,
  bundle: {
    title: 'Make a PDF',
    lead: 'Several reports in one file, made on this computer and nowhere else.',
    fileTitle: 'Basalt reports',
    open: 'PDF of several reports',
    reports: 'Reports',
    period: 'Period',
    password: 'Password (optional)',
    passwordHint:
      'Whoever opens the file is asked for it. Basalt does not keep it: without it nobody can open the file.',
    show: 'Show the password',
    make: 'Make the PDF',
    cancel: 'Cancel',
    chooseOne: 'Choose at least one report.',
    progress: (name: string) => `Laying out: ${name}`,
    count: (done: number, total: number) => `${done} of ${total} reports`,
    leftOut: (names: readonly string[]) => `Left out, because these days hold nothing for it: ${names.join(', ')}.`,
    nothing: 'These days hold nothing to print.',
    paper: (paper: string) => `Paper: ${paper}. Change it in Settings.`,
    eachDay: 'one page for each day',
    newestEntries: 'at most the 500 newest entries',
  },
} as const
