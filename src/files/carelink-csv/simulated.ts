/**
 * Made-up data in our own exports: the name of their device says it, and whoever imports them again is told by it.
 * Source: decision 17 (devices can be tried without having them).
 */
import type { DeviceIdentity } from '#records/records.ts'
import { careLinkCells } from './cells.ts'

const MARK = ' (simulated)'

/** The device's name as it stands in a file. */
export const markedModel = ({ model }: Pick<DeviceIdentity, 'model'>, simulated: boolean): string =>
  simulated && !model.endsWith(MARK) ? model + MARK : model

/** Does the first line of a file name devices, and none that is not marked? */
export function listsOnlySimulated(head: Uint8Array): boolean {
  const [line = ''] = new TextDecoder().decode(head).split(/[\r\n]/, 1)
  const titles = careLinkCells(line, line.split(';').length > line.split(',').length ? ';' : ',')
  const from = titles.indexOf('Device') + 1
  const models = titles.filter((title, i) => {
    const isVersion = title.endsWith('Version') || titles[i - 1]?.endsWith('Version') === true
    return from > 0 && i >= from && title !== '' && !isVersion
  })
  return models.length > 0 && models.every(model => model.endsWith(MARK))
}
