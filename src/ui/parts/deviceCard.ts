/** What a device's card shows and where it leads, by the model that reads it. */
import type { Model } from '#devices/driver.ts'
import { modelById } from '#devices/registry.ts'
import type { DeviceCard } from '#workers/api.ts'

/** Its model's own drawing, or one for its kind. */
export function drawingOf(card: Pick<DeviceCard, 'modelId' | 'device'>): Model['drawing'] {
  const model = card.modelId === undefined ? undefined : modelById(card.modelId)
  return model?.drawing ?? (card.device.kind === 'pump' ? 'pump' : 'meter')
}

/** Where it is read again: a simulated device is chosen anew, because its scenario is not kept. */
export const readAddress = (card: DeviceCard, model: Model): string =>
  card.simulated ? '/read' : `/read?model=${model.id}`
