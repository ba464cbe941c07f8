/** Words of what is left out of reports. */
export const filterTexts = {
  open: 'Leave out days or devices',
  active: (text: string) => `Left out: ${text}`,
  title: 'Left out of all reports',
  weekdayNames: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  weekdays: 'Weekdays that count',
  dayOff: 'Leave out one day',
  addDay: 'Leave out',
  badDay: 'Please choose a day.',
  bringBack: 'count it again',
  devices: 'Devices that count',
  clear: 'Count everything',
  deviceCount: (count: number) => (count === 1 ? '1 device' : `${count} devices`),
}
