/** Both worker interfaces over a fresh database, as the workers build them, with a clock of the test's own. */
import { createConnection } from '#store/connection.ts'
import type { Database } from '#store/db.ts'
import { createDataApi } from '#workers/dataApi.ts'
import { createDeviceApi, type DeviceApiDeps } from '#workers/deviceApi.ts'
import type { HostZone } from '#workers/hostClock.ts'
import type { Outcome } from '#workers/outcome.ts'
import { createFakeClock, type FakeClock } from '../helpers/fakeClock.ts'
import { freshName } from '../store/records.ts'

/** 2024-05-06T10:00:00Z; in Berlin the clocks show 12:00. */
export const NOW_MS = Date.UTC(2024, 4, 6, 10)
export const TODAY = Date.UTC(2024, 4, 6) / 86_400_000
export const berlin: HostZone = { name: 'Europe/Berlin', offsetMinutes: () => 120 }

export interface App {
  readonly data: ReturnType<typeof createDataApi>['api']
  readonly device: ReturnType<typeof createDeviceApi>
  readonly clock: FakeClock
  readonly name: string
  db(): Promise<Database>
  /** Another tab or worker of the same origin. */
  another(): App
}

export function createApp(
  deps: Partial<DeviceApiDeps> = {},
  name = freshName(),
  clock: FakeClock = createFakeClock(NOW_MS),
): App {
  const store = createConnection({ name, onTrouble: trouble => worker.onStoreTrouble(trouble) })
  const worker = createDataApi({ store, clock, zone: berlin })
  const device = createDeviceApi({ store: createConnection({ name }), clock, zone: berlin, ...deps })
  return {
    data: worker.api,
    device,
    clock,
    name,
    db: () => store.open(),
    another: () => createApp(deps, name, clock),
  }
}

/** The value, or a test that fails with the reason. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok)
    throw new Error(`${outcome.failure.code}: ${outcome.failure.step ?? ''} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.failure.code)
