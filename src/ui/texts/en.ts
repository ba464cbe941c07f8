/**
 * All sentences of the frame and the pages in English, ready for translation: plain strings, and functions where a
 * number decides the words. Failures have a file of their own, and so have the reports.
 */
import type { Standing } from '#devices/driver.ts'
import type { ChunkKind } from '#records/records.ts'
import type { RangeName } from '#reports/models.ts'
import type { ImportProgress } from '#workers/api.ts'

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

const kinds: Readonly<Record<ChunkKind, (count: number) => string>> = {
  cbg: count => many(count, 'sensor glucose value', 'sensor glucose values'),
  smbg: count => many(count, 'meter glucose value', 'meter glucose values'),
  bolus: count => many(count, 'bolus or carb entry', 'bolus and carb entries'),
  basal: count => many(count, 'basal entry', 'basal entries'),
  event: count => many(count, 'event or setting', 'events and settings'),
}

const kindNames: Readonly<Record<ChunkKind, string>> = {
  cbg: 'Sensor glucose values',
  smbg: 'Meter glucose values',
  bolus: 'Boluses and carbs',
  basal: 'Basal',
  event: 'Events and settings',
}

const standings: Readonly<Record<Standing, { readonly short: string; readonly long: string }>> = {
  'verified-on-captures': {
    short: 'Verified on real captures',
    long: 'Bytes recorded from such devices are read with the known results.',
  },
  'verified-on-simulator': {
    short: 'Verified on a simulator only',
    long: 'Built from the description of its language and tried against our simulator, not yet on a real device.',
  },
  experimental: {
    short: 'Experimental',
    long: 'May not work yet. It only reads, so trying does the device no harm.',
  },
}

const ranges: Readonly<Record<RangeName, string>> = {
  veryLow: 'very low',
  low: 'low',
  target: 'in range',
  high: 'high',
  veryHigh: 'very high',
}

const importStages: Readonly<Record<ImportProgress['stage'], string>> = {
  storing: 'Copying the file',
  reading: 'Reading',
  saving: 'Saving',
}

export const en = {
  appName: 'Basalt',
  waiting: 'One moment',
  many,
  kinds,
  kindNames,
  standings,
  ranges,

  actions: {
    close: 'Close',
    cancel: 'Cancel',
    back: 'Back',
    tryAgain: 'Try again',
    undo: 'Undo',
    readDevice: 'Read a device',
    readAgain: 'Read again',
    importFiles: 'Import files',
    sample: 'Look around with sample data',
    openReport: 'Open the report',
    home: 'Go to Home',
    reload: 'Load the page again',
    saveReport: 'Save a report for support',
  },

  frame: {
    skip: 'Skip to the content',
    navigation: 'Pages',
    home: 'Home',
    reports: 'Reports',
    devices: 'Devices',
    settings: 'Settings',
    help: 'Help',
    nobody: 'Your data',
    kept: 'Kept on this computer',
    reading: (percent: number | undefined) => (percent === undefined ? 'Reading…' : `Reading… ${percent} %`),
    importing: 'Importing…',
    drop: 'Drop your files here to import them',
    notFoundTitle: 'There is no such page',
    notFound: 'The address is perhaps mistyped or from another version.',
  },

  update: {
    ready: 'A new version of Basalt is ready.',
    afterRead: 'It can be used as soon as the read has ended.',
    now: 'Use it now',
    later: 'Later',
  },

  install: {
    offer: 'Install Basalt as an app',
    why: 'It then has a window and an icon of its own. Nothing else changes.',
  },

  firstVisit: {
    title: 'Welcome to Basalt',
    sentences: [
      'Basalt reads your glucose meter or insulin pump and shows the reports a clinic would print.',
      'Everything stays on this computer: no account, nothing is sent anywhere.',
      'It works without the internet, and it only reads: it can never change anything on your device.',
    ],
    own: 'Is this your own computer?',
    ownYes: 'Yes, it is mine',
    ownNo: 'No, others use it too',
    ownAdvice:
      'Good. Your data stay in this browser until you remove them. A backup file now and then (Settings → Storage) guards against a lost computer.',
    sharedAdvice: [
      'Anyone who uses this computer under the same account can open Basalt and see your data.',
      'Best: sign in to the computer (on a Chromebook with your own Google account, not as a guest) and open Basalt there. A guest session forgets everything when it ends.',
      'Or else: save a backup to a stick of your own when you are done, then choose Settings → Remove everything.',
    ],
    readTitle: 'Have your device at hand?',
    readText: 'Plug in a meter by USB. Basalt leads you through it, step by step.',
    sampleTitle: 'Just looking?',
    sampleText: 'Made-up data, clearly marked as such and easy to remove again.',
    importLead: 'Have a CareLink export?',
    importLink: 'Import the CSV file',
    restoreLead: 'Have a backup?',
    restoreLink: 'Restore it in Settings',
    addingSample: 'Making sample data…',
  },

  home: {
    title: 'Home',
    devices: 'Your devices',
    noDevices: 'No device has been read yet.',
    lastRead: (when: string) => `Last read ${when}`,
    lastImport: (when: string) => `Last imported ${when}`,
    serial: (serial: string) => `Serial number ${serial}`,
    noSerial: 'No serial number',
    simulated: 'Made-up data',
    activity: 'Recent activity',
    noActivity: 'Each read and each import is listed here.',
    strip: 'Last 14 days',
    stripTo: (day: string) => `to ${day}`,
    stripCounts: 'A number is the count of meter values of a day without a sensor.',
    noStrip: 'No glucose values in these days.',
    stripDay: (day: string, text: string) => `${day}: ${text}. Open the day.`,
    stripMeter: (count: number) => many(count, 'meter value', 'meter values'),
    stripNone: 'no glucose values',
    allReports: 'All reports',
    room: (days: number) => `Read it again within about ${many(days, 'day', 'days')}; its memory lasts that long.`,
    roomLittle: (days: number) =>
      `Read it within ${many(days, 'day', 'days')}: then its memory begins to overwrite values that are not here yet.`,
    roomNone: 'Its memory is overwriting values that are not here yet. Read it now.',
    moreActivity: (count: number) => `Show all ${count.toLocaleString('en')}`,
    interruptedTitle: 'The last read was interrupted',
    interruptedSaved: (count: number, name: string) =>
      `The page was closed while ${name} was being read. ${many(count, 'new entry', 'new entries')} had arrived and are saved. Read again to get the rest; nothing is added twice.`,
    interruptedNothing:
      'The page was closed while a device was being read, before anything new had arrived. Nothing is lost: the device still holds its data. Read it again when you like.',
    dismiss: 'Understood',
  },

  clock: {
    ahead: (by: string) => `Its clock is ${by} ahead of this computer’s.`,
    behind: (by: string) => `Its clock is ${by} behind this computer’s.`,
    right: 'Its clock agrees with this computer’s.',
    unknown: 'not told',
    advice:
      'Basalt shows the device’s own times and changes nothing. If its clock is wrong, set it on the device; a meter that is linked to a pump takes its time from the pump.',
  },

  activity: {
    new: (count: number) => (count === 0 ? 'Nothing new' : many(count, 'new entry', 'new entries')),
    known: 'The very same data were already here',
    partial: 'Ended early',
    problems: (count: number) => many(count, 'place not understood', 'places not understood'),
    warnings: (count: number) => many(count, 'remark', 'remarks'),
    read: 'Read',
    imported: 'Imported',
    simulated: 'Simulated',
    nothing: 'It held no data.',
    settings: (count: number) => `Its settings as they stand now were kept too: ${count.toLocaleString('en')}.`,
    kind: 'Kind',
    found: 'Found',
    added: 'New',
    days: 'Days',
    notUnderstood: 'Not understood, and left out',
    notUnderstoodMore: (shown: number, all: number) =>
      `The first ${shown.toLocaleString('en')} of ${all.toLocaleString('en')} are listed.`,
    line: (line: number) => `Line ${line.toLocaleString('en')}`,
    place: 'Where',
    byte: (page: number, offset: number) => `Page ${page + 1}, byte ${offset}`,
    reason: 'Why',
    remarks: 'Remarks',
    endedBy: (title: string) => `It ended early: ${title}.`,
  },

  read: {
    title: 'Read a device',
    chooseLead: 'Which device do you want to read?',
    search: 'Search by name',
    usedBefore: 'Used before',
    models: 'Devices Basalt can read',
    tryTitle: 'Try it without a device',
    tryText: 'A simulated device that answers exactly like a real one. Its data are made up and marked as such.',
    none: (word: string) => `No device is called “${word}”.`,
    noneHint: 'Its data may still come in as a file: CareLink exports can be imported.',
    scenarioGroups: {
      pump: (maker: string) => `${maker} insulin pumps`,
      meter: (maker: string) => `${maker} glucose meters`,
      sensor: (maker: string) => `${maker} glucose sensors`,
    },
    scenarioGroupOf: (group: string, model: string) => `${group}: ${model}`,
    allScenarios: (count: number) => `Show all ${count.toLocaleString('en')}`,
    by: (model: string, bridge: string) => `${model}, by ${bridge}`,
    noScenario: (word: string) => `No simulated device is called “${word}”.`,
    simulatedName: (model: string) => `${model}, simulated`,
    pluggedIn: 'Plugged in',
    unsupportedTitle: 'This browser cannot reach USB devices',
    unsupported:
      'To read a device, open Basalt in Chrome, Edge, Opera or Brave on a computer. Everything else works here too: importing files, all reports, backup.',
    step: (number: number, total: number) => `Step ${number} of ${total}`,
    prepareTitle: (name: string) => `Prepare ${name}`,
    prepareSteps: 'Before you go on',
    bridge: 'Which of these do you have at hand?',
    bridgeMissing: 'Choose the one you have.',
    bridgeUnsupported: 'This browser cannot reach it.',
    earlierAnswers: 'Used before:',
    earlierAnswer: (label: string, answer: string) => `${label}: ${answer}, used before`,
    otherWay: {
      hid: 'Reach it as a HID device instead',
      usb: 'Reach it as a USB device instead',
      serial: 'Reach it as a serial port instead',
    },
    otherWayAsk:
      'Nothing in the browser’s list, or it cannot be opened? Some systems give it to the browser in another way.',
    otherWayHeld:
      'The system’s own driver for it may be what holds it. Then it can be reached in the other way: press the button below.',
    preparationAgain: 'Look at the preparation again',
    bridgeAgain: (name: string) => `Once more, for the ${name}`,
    promiseTitle: 'What Basalt does with it',
    promise: [
      'It only reads. Basalt has no command that could change a setting, set a clock or give insulin.',
      'It keeps what it reads on this computer and sends it nowhere.',
      'You can stop at any time. Nothing is lost by that.',
    ],
    ready: 'Done, go on',
    simulatedReady: 'Read the simulated device',
    allowTitle: (name: string) => `Allow ${name}`,
    allowText: 'For your safety the browser asks which device Basalt may see.',
    allowSteps: (name: string) => [
      'Press the button below. The browser opens a small window with a list.',
      `Choose the line that looks like ${name}. Usually there is only one.`,
      'Press “Connect”.',
    ],
    allowOnce: 'The browser remembers it. Next time this step is left out.',
    allowAsk: 'Choose the device',
    asking: 'Look for the browser’s window…',
    nothingChosen: 'No device was chosen.',
    nothingChosenHelp:
      'Was the list empty? Check that the cable is firmly in, that it is not a charging-only cable, and that the device is switched on. Then press the button again.',
    readingTitle: (name: string) => `Reading ${name}`,
    stages: {
      opening: 'Connecting…',
      saving: 'Saving on this computer…',
      counted: (done: string, total: string | undefined, unit: string) =>
        total === undefined ? `${done} ${unit}` : `${done} of ${total} ${unit}`,
    },
    left: (text: string) => `about ${text} left`,
    leftSeconds: (seconds: number) => many(seconds, 'second', 'seconds'),
    leaveOpen: 'Leave the device plugged in. You may look at other pages meanwhile.',
    closing: 'Closing this tab is safe too: what has arrived is kept, and reading again brings the rest.',
    cancelling: 'Stopping and saving what has arrived…',
    doneTitle: (added: number) =>
      added === 0 ? 'Done: nothing new' : `Done: ${many(added, 'new entry', 'new entries')}`,
    doneEmpty: 'The device holds no values yet.',
    doneNothing: 'Everything on the device was already here. Your data are up to date.',
    partialTitle: 'Saved what had arrived',
    partialText: 'The read ended before the device had given everything.',
    partialTodo: 'Read on to get the rest; nothing is added twice.',
    partialOf: (done: string, total: string, unit: string) =>
      `${done} of ${total} ${unit} had arrived. The others are still on the device.`,
    readOn: 'Read on',
    meterToo: (name: string) =>
      `The ${name} is a glucose meter with a memory of its own. It is plugged in and allowed already.`,
    meterTooRead: 'Read the meter itself too',
    clockTitle: 'Clock',
    notKept:
      'The browser has not promised to keep your data when the computer runs short of space. A backup (Settings → Storage) makes sure of them.',
    failedAgain: 'Try again',
    otherDevice: 'Choose another device',
    reportFile: 'basalt-read-report.txt',
  },

  import: {
    title: 'Import files',
    text: 'CSV exports of CareLink, of any age. Several at once are fine, and so are overlapping ones: nothing is added twice.',
    choose: 'Choose files',
    dropHere: 'or drop them anywhere on this page',
    filesInput: 'Files to import',
    how: 'How to get the file',
    howSteps: [
      'Sign in to CareLink in your browser.',
      'Open Reports, then “Data export (CSV)”.',
      'Choose the period, press Export, and import the downloaded file here as it is.',
    ],
    stages: importStages,
    waiting: 'Waiting',
    readBytes: (done: string, total: string) => `${done} of ${total}`,
    fileOf: (index: number, count: number) => `File ${index} of ${count}`,
    cancelAll: 'Cancel the import',
    cancelling: 'Stopping…',
    cancelled: {
      title: 'Cancelled',
      what: 'You stopped it before the whole file was read.',
      data: 'Nothing of this file was added. Everything already in Basalt is as it was.',
      todo: 'Import it again whenever you like.',
    },
    details: 'What was found',
    resultNew: (count: number) => (count === 0 ? 'Nothing new' : many(count, 'new entry', 'new entries')),
    resultKnown: (count: number) => `${many(count, 'entry was', 'entries were')} already here`,
    sameFile: 'This very file was imported before.',
    clear: 'Clear the list',
    underWay: (done: number, files: number) => `${done} of ${many(files, 'file', 'files')} done`,
    finished: (good: number, files: number, added: number) =>
      `${good === files ? many(files, 'file', 'files') : `${good} of ${many(files, 'file', 'files')}`} imported: ${
        added === 0 ? 'nothing new' : many(added, 'new entry', 'new entries')
      }`,
  },

  devices: {
    title: 'Devices',
    emptyTitle: 'No devices yet',
    emptyText: 'A device appears here as soon as it was read or came in with a file.',
    serial: 'Serial number',
    firmware: 'Firmware',
    kind: 'Kind',
    kinds: { pump: 'Insulin pump', meter: 'Glucose meter', sensor: 'Glucose sensor' },
    maker: 'Maker',
    standing: 'How far we have come',
    clock: 'Clock',
    memory: 'Memory',
    holds: 'Kept here',
    nothing: 'nothing',
    period: 'From – to',
    reads: (count: number) => many(count, 'read or import', 'reads and imports'),
    lastRead: 'Last read',
    lastImport: 'Last imported',
    forget: 'Forget permission',
    forgotten: 'The browser has forgotten the permission. It will ask again at the next read.',
    notHeld: 'The browser held no permission for this device.',
    delete: 'Delete its data',
    deleteTitle: (name: string) => `Delete the data of ${name}?`,
    deleteText: 'This removes from this computer:',
    deleteReads: (count: number) =>
      `${many(count, 'read or import', 'reads and imports')} with the raw bytes behind them`,
    deleteKeeps:
      'The device itself keeps its own memory, and files you imported stay where they are. Other devices’ data stay.',
    deleteConfirm: 'Delete for good',
    deleted: (name: string) => `The data of ${name} were removed.`,
  },

  settings: {
    title: 'Settings',
    saved: 'Saved.',
    undone: 'Changed back.',
    you: 'You',
    name: 'Name on reports',
    nameHint: 'Printed at the top of reports. It stays on this computer.',
    display: 'Units and time',
    units: 'Glucose in',
    clock: 'Clock',
    clock24: '18:40',
    clock12: '6:40 pm',
    firstDay: 'The week begins on',
    days: { 0: 'Sunday', 1: 'Monday', 6: 'Saturday' },
    paper: 'Paper',
    ranges: 'Target ranges',
    rangesHint: 'All reports count by these limits. Ask your clinic which ones are yours.',
    sets: {
      standard: 'Standard',
      older: 'Older or at high risk',
      pregnancy: 'Pregnancy, type 1',
      gestational: 'Pregnancy, gestational or type 2',
      custom: 'My own',
    },
    limits: {
      veryLow: 'Very low is below',
      low: 'Low is below',
      high: 'High is above',
      veryHigh: 'Very high is above',
    },
    rangesOf: 'Limits',
    noGoals: 'For these there are no usual goals, so reports name none.',
    setText: (low: string, high: string, unit: string) => `In range from ${low} to ${high} ${unit}.`,
    limitNumber: 'Please enter a number.',
    limitBetween: (from: string, to: string, unit: string) => `Please choose between ${from} and ${to} ${unit}.`,
    limitOrder: 'Each limit must be higher than the one before it.',
    storage: 'Storage on this computer',
    used: (used: string, quota: string) => `${used} used; the browser allows up to ${quota}.`,
    holds: (records: number, artifacts: number) =>
      `${many(records, 'entry', 'entries')} from ${many(artifacts, 'read or file', 'reads and files')}, with all raw bytes.`,
    persistent: 'The browser keeps these data until you remove them.',
    notPersistent: 'The browser may remove these data when the computer runs short of space.',
    askPersist: 'Ask the browser to keep it',
    persistRefused:
      'The browser did not agree. It usually does once Basalt is installed as an app or used more often. A backup makes sure.',
    backup: 'Backup',
    backupText:
      'One file with everything: raw bytes, entries, settings. It is not encrypted; keep it where only you can read it.',
    backupMake: 'Save a backup',
    backupMaking: 'Making the backup…',
    backupDone: (size: string) => `The backup (${size}) is in your downloads.`,
    restore: 'Restore from a backup',
    restoreInput: 'Backup file',
    restoreText: 'Adds what the backup holds to what is here. Nothing is added twice.',
    restoring: 'Restoring…',
    restored: (records: number, artifacts: number) =>
      `Restored: ${many(records, 'entry', 'entries')} from ${many(artifacts, 'read or file', 'reads and files')}.`,
    restoredNothing: 'Everything in this backup was already here.',
    careLink: 'Export for CareLink readers (CSV)',
    careLinkText:
      'One file in the format of CareLink’s own export, for programs that read that. It holds no name and no date of birth; it is not encrypted. To keep everything, save a backup instead.',
    careLinkWhat: 'What to export',
    careLinkAll: 'Everything',
    careLinkPeriod: 'From – to',
    careLinkFrom: 'First day',
    careLinkTo: 'Last day',
    careLinkIncomplete: 'Please choose both days.',
    careLinkOrder: 'The first day must not be after the last one.',
    careLinkMake: 'Save the file',
    careLinkMaking: 'Writing the file…',
    careLinkDone: (records: number, from: string, to: string, size: string) =>
      `${many(records, 'entry', 'entries')} from ${from} to ${to} are in your downloads (${size}).`,
    careLinkNothing: 'There is nothing to export.',
    careLinkCount: (name: string, count: number) => `${name} (${count.toLocaleString('en')})`,
    careLinkLeftOut: (list: string) => `Left out, because CareLink’s format has no place for it: ${list}.`,
    careLinkShortened: (list: string) =>
      `In the file, but without some details, such as meal marks or the names of basal patterns: ${list}.`,
    careLinkFile: (from: string, to: string) => `Basalt CareLink export ${from} to ${to}.csv`,
    remove: 'Remove everything',
    removeText: 'Removes all data and settings of Basalt from this browser. Your devices keep their own memories.',
    removeAsk: 'Remove everything…',
    removeTitle: 'Remove everything?',
    removeWhat: (records: number, artifacts: number) =>
      `${many(records, 'entry', 'entries')}, ${many(artifacts, 'read or file', 'reads and files')}, all settings. This cannot be undone; only a backup brings them back.`,
    removeWord: 'remove',
    removeType: 'To be sure, type the word “remove”',
    removeConfirm: 'Remove for good',
    removed: 'Everything was removed.',
    app: 'App',
  },

  help: {
    title: 'Help',
    search: 'Search the help',
    noMatch: (word: string) => `Nothing is written about “${word}”. Try another word.`,
    tasks: 'How to',
    needs: 'What each device needs',
    needsText: 'And, honestly, how far we have come with each.',
    usb: 'USB cable to the computer',
    prepare: 'Before reading it',
    by: 'It is read by one of these:',
    capacity: (count: number) => `Its memory holds ${many(count, 'value', 'values')}.`,
    trouble: 'Something does not work',
    troubleText: 'Basalt can check a few things by itself.',
    check: 'Check now',
    checking: 'Checking…',
    keys: 'Keyboard',
    keysOpen: 'Show the shortcuts',
    about: 'About',
    version: (version: string, build: string | undefined) =>
      build === undefined ? `Version ${version}` : `Version ${version}, build ${build}`,
    aboutText:
      'Basalt shows what your devices recorded. It gives no advice on insulin; talk about changes with your clinic. It is free software under the MIT licence.',
  },

  shortcuts: {
    title: 'Keyboard shortcuts',
    list: [
      { keys: ['?'], what: 'Show this list' },
      { keys: ['←', '→'], what: 'In reports: one day or one period back, forward; in a chart: from value to value' },
      { keys: ['Shift', '←', '→'], what: 'In Daily: to the day before or after that has data' },
      { keys: ['T'], what: 'In reports: chart or table' },
      { keys: ['Tab'], what: 'To the next button, field or link' },
      { keys: ['Enter'], what: 'Press the button, follow the link' },
      { keys: ['Esc'], what: 'Close a window like this one' },
    ],
  },
}

/** The shape every language must have: same names, any words. */
export type Texts = typeof en
