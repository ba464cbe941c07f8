/** Sentences of the data table. */
import { reportTexts } from '../reports.ts'

const { many } = reportTexts

export const dataTableTexts = {
  title: 'Data table',
  text: 'Everything that is stored, entry by entry, down to the bytes it came from. Search and filter it.',
  allDays: 'All days',
  allDaysShown: 'All days are shown. Choose days to narrow them.',
  search: 'Search',
  searchHint: 'Words and numbers, such as “rewind” or “12.5”. All of them must be in an entry.',
  device: 'Device',
  allDevices: (count: string) => `All devices (${count})`,
  deviceCount: (name: string, count: string, simulated: boolean) =>
    `${name}${simulated ? ', simulated' : ''} (${count})`,
  kinds: 'Kinds',
  kindsHint: 'None chosen shows all.',
  clear: 'Clear search and filters',
  columns: {
    time: 'Time on the device',
    kind: 'Kind',
    content: 'Content',
    device: 'Device',
    raw: 'Bytes',
  },
  sorted: { newest: 'newest first', oldest: 'oldest first' },
  sort: { newest: 'Show the oldest first', oldest: 'Show the newest first' },
  tableName: 'Stored entries',
  /** Where the bytes stand, in few letters. */
  place: (page: string, offset: string) => `${page}:${offset}`,
  openBytes: (what: string) => `Fields and bytes of ${what}`,
  bytesNote: 'Bytes: page and first byte in what was received.',
  bytesChoose: 'Choose one to see every field and the bytes themselves.',
  simulated: 'simulated',
  repeated: 'repeated elsewhere',
  repeatedWhy: 'The reports leave this entry out: another source tells the same thing.',
  repeatedNote: '“Repeated elsewhere”: kept, but left out of the reports, because another source tells the same thing.',
  count: (total: number) => many(total, 'entry', 'entries'),
  page: (from: string, to: string, total: string) => `${from}–${to} of ${total}`,
  first: 'First page',
  previous: 'Previous page',
  next: 'Next page',
  last: 'Last page',
  nothingTitle: 'Nothing fits',
  nothingText: 'No stored entry has all that is chosen and searched for.',
  searching: 'Searching …',
  csvOfAll: (count: string) => `CSV of all ${count} found`,
  /** The name of that file. */
  allFound: 'All entries found',
  makingFile: 'Making the CSV file',
  inFile: (done: string, total: string) => `${done} of ${total}`,
  cancel: 'Cancel',
  notPrinted: (printed: string, left: string) =>
    `Only the first ${printed} are printed here, ${left} are not. The CSV file of the data table has all of them.`,
} as const
