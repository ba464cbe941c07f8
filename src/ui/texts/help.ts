/** The words of the help page: tasks from wish to result, and what the checks of the troubleshooter found. */

export interface Topic {
  readonly id: string
  readonly title: string
  /** Further words a person may search by. */
  readonly words: string
  /** The screen that the steps lead to. */
  readonly picture?: 'read' | 'import' | 'overview' | 'daily' | 'settings'
  readonly steps: readonly string[]
  readonly note?: string
}

export const topics: readonly Topic[] = [
  {
    id: 'read',
    title: 'Read a meter',
    words: 'device usb cable connect plug download glucose contour',
    picture: 'read',
    steps: [
      'On Home press “Read a device” and choose your model.',
      'Do what the preparation page says, then plug the device into the computer.',
      'The first time, choose it in the window that the browser opens, and press “Connect”.',
      'Wait until it says “Done”. Then open the report.',
    ],
    note: 'Reading twice is harmless: what is already here is not added again.',
  },
  {
    id: 'carelink',
    title: 'Bring in data from CareLink',
    words: 'import csv export file pump minimed medtronic 780g 670g upload',
    picture: 'import',
    steps: [
      'Sign in to CareLink, open Reports, then “Data export (CSV)”, and choose the period.',
      'Drop the downloaded file anywhere on Basalt, or press “Import files”.',
      'Look at what was found. Lines that were not understood are listed with the reason.',
    ],
    note: 'Do not open and save the file in a spreadsheet before: that changes dates and numbers.',
  },
  {
    id: 'day',
    title: 'Look at one day',
    words: 'daily report chart glucose bolus basal carbs yesterday',
    picture: 'daily',
    steps: [
      'On Home choose a day in “Last 14 days”, or open Reports and then Daily.',
      'The arrow keys ← and → step from day to day.',
      'Choose any number to see the entries and the raw bytes it came from.',
    ],
  },
  {
    id: 'print',
    title: 'Print a report or save it as PDF',
    words: 'paper a4 letter doctor clinic pdf',
    picture: 'overview',
    steps: [
      'Open the report and choose the period.',
      'Press “Print”.',
      'In the browser’s window choose your printer, or “Save as PDF”.',
    ],
    note: 'The paper size is in Settings.',
  },
  {
    id: 'backup',
    title: 'Make a backup, move to another computer',
    words: 'restore transfer copy new chromebook save file export',
    steps: [
      'Open Settings, and under Storage press “Save a backup”. The file lands in your downloads.',
      'Copy it to a stick or to the other computer. It is not encrypted: keep it where only you can read it.',
      'On the other computer open Basalt, then Settings → “Restore from a backup”.',
    ],
  },
  {
    id: 'offline',
    title: 'Use Basalt without the internet',
    words: 'offline install app airplane wifi',
    steps: [
      'Open Basalt once while online. From then on it starts without the internet.',
      'To install it as an app, press “Install Basalt as an app” in Settings, where the browser offers it.',
    ],
  },
  {
    id: 'units',
    title: 'Change units, clock and target ranges',
    words: 'mg/dl mmol/l 12 24 hours settings limits pregnancy week',
    picture: 'settings',
    steps: ['Open Settings.', 'Choose. It is saved at once and can be undone.'],
    note: 'Nothing stored changes by this: values are kept in the unit in which the device gave them.',
  },
  {
    id: 'clock',
    title: 'The device’s clock is wrong',
    words: 'time date daylight saving summer winter travel zone difference',
    steps: [
      'Basalt shows by how much the clock differs, and changes nothing.',
      'Set the clock on the device itself. A meter that is linked to a pump takes its time from the pump.',
      'Values read before keep the times at which the device recorded them.',
    ],
  },
  {
    id: 'not-listed',
    title: 'The browser does not list my device',
    words: 'empty chooser not found cable permission window no devices',
    steps: [
      'Is the device switched on, and does its screen show that it is connected?',
      'Try another cable: some only charge. Plug it straight into the computer, not into a hub.',
      'Close other programs that use the device, also in the background, and other tabs of Basalt.',
      'On a computer of a school or company, USB may be blocked: ask whoever looks after it.',
    ],
  },
  {
    id: 'shared',
    title: 'Use Basalt on a computer that others use too',
    words: 'privacy shared school library guest remove delete',
    steps: [
      'Best is an account of your own on that computer.',
      'Otherwise save a backup to your own stick when you are done.',
      'Then choose Settings → “Remove everything”.',
    ],
  },
  {
    id: 'delete',
    title: 'Remove a device’s data or the sample data',
    words: 'delete sample example wrong device erase',
    steps: ['Open Devices.', 'Press “Delete its data” on the device, and confirm.'],
    note: 'The device itself keeps its own memory.',
  },
]

export const checkTexts = {
  browser: {
    name: 'Browser',
    good: 'It can reach USB devices.',
    bad: 'It cannot reach USB devices. Use Chrome, Edge, Opera or Brave on a computer; everything else works here too.',
    insecure:
      'This page was not opened over https, so the browser gives no devices to it. Open it by its https address.',
  },
  worker: {
    name: 'Reading in the background',
    good: 'Works.',
    bad: 'This version of the browser cannot do it. Please update the browser.',
  },
  permission: {
    name: 'Device',
    good: (names: string) => `Plugged in and allowed: ${names}.`,
    care: 'No allowed device is plugged in at the moment. Plug yours in and press “Check now” again; the first time, allow it under “Read a device”.',
    bad: 'Could not be asked for.',
  },
  storage: {
    name: 'Storage',
    good: (free: string) => `Works; ${free} free, and the browser keeps your data.`,
    care: (free: string) =>
      `Works; ${free} free. The browser may remove the data when space runs short: ask it to keep them in Settings, or make a backup.`,
    bad: (title: string) => `Does not work: ${title}.`,
  },
  offline: {
    name: 'Without the internet',
    good: 'Ready: Basalt starts offline.',
    care: 'Not ready yet. Stay online, load the page again, and check once more.',
    bad: 'This browser cannot do it here.',
  },
} as const
