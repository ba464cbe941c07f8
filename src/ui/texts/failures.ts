/**
 * A sentence set for every code of a failure: what happened, whether the data are safe, what to do now.
 * `test/ui/failures.test.ts` checks that none is missing.
 */
import type { FailureCode } from '#workers/outcome.ts'

export interface FailureText {
  readonly title: string
  /** What happened. */
  readonly what: string
  /** Whether the data are safe. */
  readonly data: string
  /** What to do now. */
  readonly todo: string
}

const deviceSafe = 'Nothing is lost: the device still holds its data, and nothing on it was changed.'
const arrivedSafe = 'What had arrived is saved. The device still holds all of its data, and nothing on it was changed.'
const importSafe = 'Nothing is lost: your file is unchanged, and everything already in Basalt is as it was.'
const storeSafe = 'Your devices and your files still hold their data.'

/** `interrupted` is never a failure by itself: it says why a read that is saved in part has ended. */
export const failureTexts: Readonly<Record<FailureCode | 'interrupted', FailureText>> = {
  'no-device-chosen': {
    title: 'No device was chosen',
    what: 'The browser’s window was closed before a device was chosen in it.',
    data: deviceSafe,
    todo: 'Try again and choose your device in the list. If the list was empty, check that the cable is firmly in at both ends and that the device is switched on. A charging cable without data wires does not work.',
  },
  'device-missing': {
    title: 'The device is not there',
    what: 'The computer does not see the device at the moment.',
    data: deviceSafe,
    todo: 'Plug it in again, straight into the computer rather than through a hub, wait until its screen shows that it is connected, and try again.',
  },
  'device-ambiguous': {
    title: 'Two equal devices are plugged in',
    what: 'Basalt cannot tell them apart and does not guess which one is meant.',
    data: deviceSafe,
    todo: 'Leave only the one you want to read plugged in, and try again.',
  },
  'device-in-use': {
    title: 'Another program is using the device',
    what: 'Another tab of Basalt or another program on this computer holds the connection.',
    data: deviceSafe,
    todo: 'Close the other tab or program (also software of the device’s maker that runs in the background), unplug the device, plug it in again, and try again.',
  },
  'permission-lost': {
    title: 'The browser no longer allows this device',
    what: 'The permission was taken back in the browser’s settings, or a rule of this computer forbids it.',
    data: deviceSafe,
    todo: 'Try again and allow the device when the browser asks. On a computer of a school or company, ask whoever looks after it.',
  },
  unplugged: {
    title: 'The connection ended',
    what: 'The cable came loose, or the device switched itself off.',
    data: arrivedSafe,
    todo: 'Check the cable and the device’s battery, plug it in again, and try again. Basalt carries on with what is missing.',
  },
  'no-answer': {
    title: 'The device does not answer',
    what: 'The connection is open, but nothing came back in time.',
    data: arrivedSafe,
    todo: 'Unplug the device, wait until its screen is off, plug it in again, and try again.',
  },
  'wrong-answer': {
    title: 'The device’s answers could not be understood',
    what: 'Something came back again and again that is not in this device’s language. A loose cable can do this.',
    data: 'What could not be understood was not guessed at. The device still holds all of its data.',
    todo: 'Try another cable or another USB socket. If it happens again, save the report and send it to us.',
  },
  'wrong-device': {
    title: 'This is another device than the chosen one',
    what: 'The device answers, but it is a different model from the one you chose.',
    data: deviceSafe,
    todo: 'Go back and choose the model that is printed on the device.',
  },
  'device-busy': {
    title: 'The device is busy',
    what: 'It is in the middle of something: a strip is inserted, a test is running, a menu is open, or an earlier read has not ended for it yet.',
    data: deviceSafe,
    todo: 'Finish on the device, take the strip out, return to its first screen, wait a minute, and try again.',
  },
  'low-battery': {
    title: 'The device’s battery is too low',
    what: 'With this little charge it does not talk to a computer.',
    data: deviceSafe,
    todo: 'Charge it or change its battery, and try again.',
  },
  'out-of-range': {
    title: 'The pump does not answer',
    what: 'The meter or stick at the computer works, but the pump behind it was not heard.',
    data: arrivedSafe,
    todo: 'Lay the pump within a hand’s width of the meter or stick, away from the screen of the computer. Check the serial number if you typed one, that the pump is not in airplane mode, and its battery. Then try again.',
  },
  'weak-radio': {
    title: 'Too much is lost on the way from the pump',
    what: 'The pump answers, but its radio messages arrive damaged or not at all.',
    data: arrivedSafe,
    todo: 'Lay the pump within a hand’s width of the meter or stick, away from the screen, other pumps and wireless devices, and leave both still. Then try again: Basalt carries on with what is missing.',
  },
  'bolus-running': {
    title: 'A bolus is being delivered',
    what: 'While it runs the pump’s radio cannot be relied on, so Basalt did not begin.',
    data: deviceSafe,
    todo: 'Wait until the bolus has ended, and try again.',
  },
  'alarm-waiting': {
    title: 'The pump waits for you',
    what: 'There is an alarm or a message on its screen, or its clock is not set, and until that is done the pump does not talk to a computer.',
    data: deviceSafe,
    todo: 'Read it on the pump and clear it there, set the clock if it asks for it, return to the first screen, and try again.',
  },
  'not-paired': {
    title: 'This meter is not linked with the pump',
    what: 'The meter answers, but it knows no pump, or the pump has since been linked with another meter.',
    data: deviceSafe,
    todo: 'Use the meter that is linked with the pump, or link this one anew in the pump’s menu of devices. Then try again.',
  },
  'replug-needed': {
    title: 'The meter or stick has to be plugged in again',
    what: 'It has lost its way in the middle of a conversation. A meter may show E86.',
    data: arrivedSafe,
    todo: 'Pull it out, wait five seconds, plug it in again, and try again. Basalt carries on with what is missing.',
  },
  'browser-unsupported': {
    title: 'This browser cannot reach USB devices',
    what: 'Reading a device needs Chrome, Edge, Opera or Brave on a computer. Firefox, Safari and phones cannot do it.',
    data: 'Your data are safe, and everything else in Basalt works here: importing files, all reports, backup.',
    todo: 'Open Basalt in one of those browsers to read the device, or import a file instead.',
  },
  cancelled: {
    title: 'Cancelled',
    what: 'You stopped it.',
    data: 'What had arrived until then is saved, and nothing is lost.',
    todo: 'Start again whenever you like; what is already here is not added twice.',
  },
  interrupted: {
    title: 'The page was closed',
    what: 'The tab was closed or loaded anew, or the browser or the computer went off, while the device was being read.',
    data: arrivedSafe,
    todo: 'Read the device again to get the rest; what is already here is not added twice.',
  },
  'command-refused': {
    title: 'Basalt stopped itself',
    what: 'It was about to send something that is not on its short list of reading commands. That is our mistake; nothing was sent.',
    data: arrivedSafe,
    todo: 'Please save the report and send it to us. Trying again will not help.',
  },
  bug: {
    title: 'Something in Basalt went wrong',
    what: 'That is our mistake, not yours.',
    data: 'Everything that was saved before is safe, and nothing on a device was changed.',
    todo: 'Try again. If it happens again, save the report and send it to us.',
  },
  'unknown-file': {
    title: 'This kind of file is not known',
    what: 'Basalt reads CSV exports of CareLink. This file looks like something else.',
    data: importSafe,
    todo: 'In CareLink choose “Data export (CSV)”, and import the file as it was downloaded, without opening and saving it in a spreadsheet.',
  },
  'empty-file': {
    title: 'The file is empty',
    what: 'There is nothing in it.',
    data: importSafe,
    todo: 'Download the file again; the download was perhaps cut off.',
  },
  'binary-file': {
    title: 'The file does not hold text',
    what: 'A CSV file is plain text, and this one is something else: perhaps a spreadsheet, a picture or a zipped file with a changed name.',
    data: importSafe,
    todo: 'Choose the CSV file itself. If it is inside a zip file, unpack it first; if it is a spreadsheet, download it again as CSV.',
  },
  'nothing-readable': {
    title: 'Nothing in the file could be read',
    what: 'It is the right kind of file, but not one row in it could be understood.',
    data: importSafe,
    todo: 'Download it again for a period in which the device was in use. If it happens again, tell us.',
  },
  'too-large': {
    title: 'The file is too large',
    what: 'It is larger than Basalt can take in at once.',
    data: importSafe,
    todo: 'Export a shorter period, for example three months at a time, and import the files together.',
  },
  'file-unreadable': {
    title: 'The browser could not read the file',
    what: 'It was moved, renamed or changed since you chose it, or you have no right to open it.',
    data: importSafe,
    todo: 'Choose it again. If it lies on a USB stick or in a cloud folder, copy it to this computer first.',
  },
  'storage-unavailable': {
    title: 'The browser gives no place to keep data',
    what: 'This is a private window, or storage is switched off for this site.',
    data: `Nothing can be kept here. ${storeSafe}`,
    todo: 'Open Basalt in an ordinary window, or allow this site to keep data in the browser’s settings, and load the page again.',
  },
  'storage-full': {
    title: 'There is no room left',
    what: 'This computer, or the part of it that the browser may use, is full.',
    data: `What was saved before is safe; the last step was not saved. ${storeSafe}`,
    todo: 'Free some space on the computer, then do the last step again. Settings shows how much Basalt uses and makes a backup.',
  },
  'storage-newer': {
    title: 'A newer Basalt has been here',
    what: 'The data on this computer were last opened by a newer version than this one.',
    data: 'Your data are safe and unchanged.',
    todo: 'Close all tabs of Basalt, open it again while online, and choose “Use it now” when a new version is offered.',
  },
  'storage-blocked': {
    title: 'Another tab is in the way',
    what: 'An older Basalt is open in another tab or window and holds the data.',
    data: 'Your data are safe.',
    todo: 'Close the other tabs and windows of Basalt. This page goes on by itself.',
  },
  'storage-gone': {
    title: 'The data on this computer were removed',
    what: 'They were cleared in the browser’s settings or from another tab while this page was open.',
    data: `What was kept here is gone. ${storeSafe}`,
    todo: 'Load the page again, then restore your backup, read your devices or import your files; nothing is added twice.',
  },
  'backup-unreadable': {
    title: 'This is not a whole backup',
    what: 'The file is not a backup of Basalt, it is cut off, or a newer Basalt made it.',
    data: 'Nothing was changed: everything on this computer is as it was.',
    todo: 'Choose the file that Settings → Backup made (it ends in .basalt), or copy it again from where it was kept.',
  },
  'not-found': {
    title: 'This is no longer here',
    what: 'It was removed meanwhile, perhaps in another tab.',
    data: 'Everything else is as it was.',
    todo: 'Load the page again.',
  },
}
