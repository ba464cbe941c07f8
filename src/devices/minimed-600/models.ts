/**
 * The pumps of the MiniMed 600 series that are read through a Contour NEXT LINK 2.4 or PLUS LINK 2.4, as plain data.
 * They speak alike; only their features differ, and the pump itself says which it has. Source: minimed-600 sheet §2,
 * §17 and §18.
 */
import type { Model } from '../driver.ts'

const preparation = [
  'Use the Contour NEXT LINK 2.4 or PLUS LINK 2.4 that is linked with this very pump; another one cannot reach it.',
  'On the pump: no airplane mode, no bolus being entered, no filling or rewinding; clear every alarm and go to the home screen. Insulin goes on as usual, also a temporary basal.',
  'On the meter: take out any test strip. If it stays dark, its battery is empty: let it charge for some minutes first. If it shows E81 or E86, unplug it, wait, and plug it in again.',
  'Close other programs that use the meter, such as the CareLink Uploader.',
  'Plug the meter straight into the computer, not through a hub, and lay the pump within a hand’s width of it. Leave both still until the read has ended: the first one takes 10 to 20 minutes.',
] as const

const pump = {
  manufacturer: 'Medtronic',
  kind: 'pump',
  connections: [{ transport: 'hid', vendorId: 0x1a79, productId: 0x6210 }],
  preparation,
  drawing: 'pump',
} as const

const sensorPreparation = [
  ...preparation,
  'While the read lasts the pump may miss values of its sensor; the sensor sends them again afterwards.',
] as const

/** What is read of a 640G was recorded from two of them, in both units. */
const recorded = { ...pump, preparation: sensorPreparation, standing: 'verified-on-captures' } as const

export const models: readonly Model[] = [
  { ...recorded, id: 'minimed-640g', name: 'MiniMed 640G' },
  // The same transport, commands and history as the 640G (sheet §17), but no bytes of one were recorded.
  {
    ...pump,
    id: 'minimed-630g',
    name: 'MiniMed 630G',
    preparation: sensorPreparation,
    standing: 'verified-on-simulator',
  },
  // Unconfirmed: everything about it but that it belongs to the family; details of a 620G are not public.
  { ...pump, id: 'minimed-620g', name: 'MiniMed 620G', standing: 'experimental' },
  // Unconfirmed: the closed loop's events (3E, 3F, 82, DF, micro boluses) rest on other programs' source code alone.
  { ...pump, id: 'minimed-670g', name: 'MiniMed 670G', preparation: sensorPreparation, standing: 'experimental' },
]
