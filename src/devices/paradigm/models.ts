/**
 * The Paradigm pumps and the two bridges to them, as plain data for the device list. Source: paradigm sheet §0 and §9.
 */
import type { Bridge, Connection, Model, Question } from '../driver.ts'

/** The white stick hands over whole packets of 64 bytes, which never end a longer transfer (§1.2). */
const STICK_PACKET_BYTES = 64

const stickConnections: readonly Connection[] = [
  {
    transport: 'usb',
    vendorId: 0x0a21,
    productId: 0x8001,
    transferBytes: STICK_PACKET_BYTES,
    bridge: 'carelink-stick',
  },
  // Where the system has made a serial port of it. Its speed means nothing.
  { transport: 'serial', vendorId: 0x0a21, productId: 0x8001, baudRate: 9600, bridge: 'carelink-stick' },
]
const linkConnections: readonly Connection[] = [
  { transport: 'hid', vendorId: 0x1a79, productId: 0x6200, bridge: 'contour-next-link' },
  { transport: 'hid', vendorId: 0x1a79, productId: 0x6300, bridge: 'contour-next-link' },
]

const link: Bridge = {
  id: 'contour-next-link',
  name: 'Contour NEXT LINK',
  preparation: [
    'Take out any test strip, plug the meter into the computer and wait until its screen is still.',
    'Use the meter that shows the same unit as the pump: mg/dL or mmol/L.',
    'If it says that you should see its manual, unplug it and plug it in again.',
    'Lay it within 30 cm of the pump and leave both still until the read has ended, for 3 to 6 minutes.',
  ],
  cautions: [
    {
      system: 'android',
      text: 'Chrome on Android cannot reach this meter. Use a computer or a Chromebook.',
    },
    {
      system: 'linux',
      text: 'If the meter cannot be opened, this computer keeps it to its administrator. A udev rule gives it to you.',
    },
  ],
}

const stick: Bridge = {
  id: 'carelink-stick',
  name: 'CareLink USB stick (white)',
  preparation: [
    'Plug the stick into the computer. If it is not found, try a USB 2 port or an old USB hub.',
    'Lay it within 30 cm of the pump, away from the screen, and leave both still until the read has ended, for 3 to 6 minutes.',
    'If it stops answering, unplug it, wait five seconds and plug it in again.',
  ],
  cautions: [
    {
      system: 'windows',
      text: 'With the maker’s driver for the stick installed, Windows gives it to no browser: Chrome lists it and cannot open it. Only the driver WinUSB would allow it, and a web page cannot install that. Use a Contour NEXT LINK if you have one.',
    },
    {
      system: 'linux',
      text: 'Linux makes a serial port of the stick. Choose it among the serial ports.',
    },
  ],
}

const pumpSerial: Question = {
  id: 'pumpSerial',
  label: 'Serial number of the pump',
  hint: 'Six digits: on the back of the pump, or at the end of its STATUS screen. Leave out letters around them.',
  pattern: /^\d{6}$/,
  problem: 'The serial number has exactly six digits.',
}

const pump = {
  manufacturer: 'Medtronic',
  kind: 'pump',
  questions: [pumpSerial],
  preparation: [
    'Bring the pump to its home screen: no menu open, no alarm or alert waiting.',
    'Wait until no bolus is running. The pump goes on delivering basal while it is read; it is not suspended.',
    'With a low battery the pump’s radio is weak: put a new one in first.',
    'Keep remote controls, other pumps and other programs that use the pump’s radio away meanwhile.',
  ],
  drawing: 'pump',
} as const

const byLinkOrStick = { bridges: [link, stick], connections: [...linkConnections, ...stickConnections] } as const
const byStickOrLink = { bridges: [stick, link], connections: [...stickConnections, ...linkConnections] } as const

const oldPreparation = [
  ...pump.preparation,
  'In the pump’s menu under Utilities, Connect Devices or Remote Options may be turned on: it then hears sooner.',
]

export const models: readonly Model[] = [
  {
    ...pump,
    ...byLinkOrStick,
    id: 'paradigm-523-723',
    name: 'MiniMed Paradigm Revel 523, 723',
    standing: 'verified-on-captures',
  },
  {
    ...pump,
    ...byLinkOrStick,
    id: 'minimed-530g-551-751',
    name: 'MiniMed 530G 551, 751',
    // Real pages exist, but nothing of the pump's maker to compare them with.
    standing: 'verified-on-simulator',
  },
  {
    ...pump,
    ...byLinkOrStick,
    id: 'paradigm-554-754',
    name: 'MiniMed Paradigm Veo 554, 754',
    standing: 'verified-on-captures',
  },
  {
    ...pump,
    ...byLinkOrStick,
    id: 'paradigm-522-722',
    name: 'MiniMed Paradigm 522, 722',
    standing: 'verified-on-captures',
    preparation: oldPreparation,
  },
  {
    ...pump,
    // Nobody has shown one read through the meter.
    ...byStickOrLink,
    id: 'paradigm-515-715',
    name: 'MiniMed Paradigm 515, 715',
    // Of its real pages only three boluses can be compared with what the maker's program showed.
    standing: 'verified-on-simulator',
    preparation: oldPreparation,
  },
]
