/** Words of the choice of earlier days that a report compares its period with. */

export const comparisonTexts = {
  label: 'Compared with',
  choices: { usual: 'Days before', year: 'A year before', days: 'Other days' },
  from: 'Compared from',
  to: 'Compared to',
  apply: 'Compare',
  incomplete: 'Please choose both days.',
  wrongOrder: 'The first day must not be after the last.',
  notBefore: 'Please choose days before the period itself.',
  tooLong: 'A period longer than a year cannot be compared with the same days a year before.',
  days: (days: string, count: number) => `${days} (${count.toLocaleString('en')} ${count === 1 ? 'day' : 'days'})`,
  printed: (own: string, earlier: string) => `${own}, compared with ${earlier}`,
} as const
