/**
 * The Contour meters that speak over HID, as plain data for the device list, and what differs between them.
 * Source: contour sheet §1, §5 and §7. The Contour PLUS (7600) is missing because its product id is not known.
 */
import type { Connection, Model } from '../driver.ts'

export interface ContourModel extends Model {
  /** Numbers in the product name of the meter's header: `Bayer7390` and `Contour7390` are 7390. */
  readonly products: readonly string[]
  /** Sends results to a pump by radio; a read begins with "X" instead of EOT. */
  readonly linksToPump: boolean
  /** Times of results have seconds. */
  readonly hasSeconds: boolean
  /** What the mark D means to the person. */
  readonly markD: 'logbook' | 'notFeelingRight'
}

const VENDOR_ID = 0x1a79

const hid = (...productIds: number[]): readonly Connection[] =>
  productIds.map(productId => ({ transport: 'hid', vendorId: VENDOR_ID, productId }))

const preparation = [
  'Take out any test strip: with a strip inserted the meter measures and does not talk.',
  'Close other programs that read the meter.',
  'Plug the meter into the computer and wait until its screen is still.',
  'If it stays dark, its battery is empty: let it charge for some minutes, then plug it in again.',
] as const

const linkPreparation = [
  ...preparation,
  'If it shows E81 or E86, unplug it and plug it in again.',
  'The meter may stay linked with the pump; nothing is changed on either.',
] as const

const meter = {
  manufacturer: 'Ascensia',
  kind: 'meter',
  standing: 'verified-on-simulator',
  preparation,
  drawing: 'meter',
  linksToPump: false,
  hasSeconds: false,
  markD: 'logbook',
} as const

const link = { ...meter, preparation: linkPreparation, drawing: 'meter-stick', linksToPump: true } as const

export const models: readonly ContourModel[] = [
  {
    ...link,
    id: 'contour-next-link-24',
    name: 'Contour NEXT LINK 2.4, PLUS LINK 2.4',
    connections: hid(0x6210),
    products: ['6210'],
    capacity: 1000,
    hasSeconds: true,
  },
  {
    ...link,
    id: 'contour-next-link',
    name: 'Contour NEXT LINK',
    connections: hid(0x6200, 0x6300),
    products: ['6200', '6300'],
  },
  {
    ...meter,
    id: 'contour-usb',
    name: 'Contour USB',
    connections: hid(0x6002),
    products: ['7390'],
    standing: 'verified-on-captures',
    drawing: 'meter-stick',
    markD: 'notFeelingRight',
  },
  {
    ...meter,
    id: 'contour-next-usb',
    name: 'Contour NEXT USB',
    connections: hid(0x7410),
    products: ['7410'],
    drawing: 'meter-stick',
  },
  { ...meter, id: 'contour-next', name: 'Contour NEXT', connections: hid(0x7350, 0x7900), products: ['7350', '7900'] },
  {
    ...meter,
    id: 'contour-next-one',
    name: 'Contour NEXT ONE, PLUS ONE',
    connections: hid(0x7800),
    products: ['7800'],
    hasSeconds: true,
  },
  { ...meter, id: 'contour-plus-blue', name: 'Contour PLUS BLUE', connections: hid(0x7950), products: ['7950'] },
]
