import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Connection, Model } from '#devices/driver.ts'
import { allModels } from '#devices/registry.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

const standings: Readonly<Record<Model['standing'], string>> = {
  'verified-on-captures': 'verified on real captures',
  'verified-on-simulator': 'verified on a simulator only',
  experimental: 'experimental',
}
const transports: Readonly<Record<Connection['transport'], string>> = {
  hid: 'WebHID',
  usb: 'WebUSB',
  serial: 'Web Serial',
}
const hex = (id: number) => id.toString(16).toUpperCase().padStart(4, '0')

/** What the README must say of a model. */
function lineOf({ manufacturer, name, connections, standing }: Model): string {
  const ways = [...new Set(connections.map(({ transport }) => transports[transport]))].join(', ')
  const each = connections.map(({ vendorId, productId }) => `${hex(vendorId)}:${hex(productId)}`)
  const ids = [...new Set(each)].join(', ')
  return `| ${manufacturer} ${name} | ${ways} | ${ids} | ${standings[standing]} |`
}

it('lists in the README every model that the app offers, with its honest standing, and no other', () => {
  const table = readme.slice(readme.indexOf('<!-- devices:begin -->'), readme.indexOf('<!-- devices:end -->'))
  const lines = table
    .split('\n')
    .filter(line => line.startsWith('| ') && !line.startsWith('| Device') && !line.startsWith('| ---'))
  expect(allModels.length).toBeGreaterThan(0)
  expect(lines).toEqual(allModels.map(lineOf))
})
