/**
 * Joins what belongs to one bolus: programmed, delivered, cancelled, and the calculator's screen before it. Pure.
 * Source: minimed-600 sheet §11.2, §11.3.
 *
 * A record is named by one event alone, the delivered part or the screen, and the others only add to it: so it has the
 * same id whether or not they are in this read. Every partner is listed among the supporting bytes, by which the store
 * knows the copy that more bytes speak for. The two parts of a dual bolus are two records, as CareLink's exports have
 * them: hours lie between, and each is counted once.
 */
import type { AutoBasalDose, Bolus, RawRef, TherapyRecord, Wizard } from '#records/records.ts'
import { MINUTE_MS } from '#records/time.ts'
import { attempt, base, type HistoryEvent } from './events.ts'
import {
  type CancelledBolus,
  type DeliveredBolus,
  insulinTypes,
  type ProgrammedBolus,
  readCancelled,
  readDelivered,
  readProgrammed,
  readWizard,
  type WizardScreen,
} from './eventsInsulin.ts'
import type { Found } from './facts.ts'
import type { Log } from './log.ts'

/** Numbers come again after 256 boluses (sheet §11.2). */
const PROGRAMMED_BEFORE_S = 8 * 3600
/** One real pair has the programmed event 22 s after the delivered one. */
const PROGRAMMED_AFTER_S = 60
const CANCELLED_WITHIN_S = 60
/** From the screen to the bolus; one real pair is 344 s apart. */
const SCREEN_BEFORE_S = 15 * 60

const MICRO_BOLUS = 5
/** Boluses that the calculator proposed; 6 to 8 are the 670G's in auto mode and rest on source code alone. */
const wizardSources: readonly number[] = [1, 6, 7, 8]
const sources: Readonly<Record<number, { readonly word: string; readonly context: NonNullable<Bolus['context']> }>> = {
  0: { word: 'MANUAL', context: 'manual' },
  1: { word: 'BOLUS_WIZARD', context: 'wizard' },
  2: { word: 'EASY_BOLUS', context: 'manual' },
  4: { word: 'PRESET_BOLUS', context: 'preset' },
  // Proposed by the calculator and confirmed by the person, as in manual mode.
  6: { word: 'CLOSED_LOOP_BG_CORRECTION', context: 'wizard' },
  7: { word: 'CLOSED_LOOP_FOOD_BOLUS', context: 'wizard' },
  8: { word: 'CLOSED_LOOP_BG_CORRECTION_AND_FOOD_BOLUS', context: 'wizard' },
}

/** The records of all boluses and screens, and what is said of events that have none, by event. */
export function joinBoluses(log: Log): ReadonlyMap<HistoryEvent, Found> {
  const found = new Map<HistoryEvent, Found>()
  const programmed: ProgrammedBolus[] = []
  const delivered: DeliveredBolus[] = []
  const cancelled: CancelledBolus[] = []
  const screens: WizardScreen[] = []
  for (const event of log.events) {
    if (!insulinTypes.has(event.type)) continue
    sort(event, readProgrammed, programmed)
    sort(event, readDelivered, delivered)
    sort(event, readCancelled, cancelled)
    sort(event, readWizard, screens)
  }

  const programmedOf = partners(programmed, ({ kind, number }) => `${kind} ${number}`)
  const cancelledOf = partners(cancelled, ({ number }) => String(number))
  const used = new Set<HistoryEvent>()
  const starts: Start[] = []
  for (const bolus of delivered) {
    const { event, kind, number } = bolus
    const start = programmedOf(`${kind} ${number}`, event.rtc - PROGRAMMED_BEFORE_S, event.rtc + PROGRAMMED_AFTER_S)
    const stop = cancelledOf(String(number), event.rtc - CANCELLED_WITHIN_S, event.rtc + CANCELLED_WITHIN_S)
    if (start) used.add(start.event)
    else if (bolus.part === 'normal') starts.push(bolus)
    if (stop) used.add(stop.event)
    found.set(event, recordOf(bolus, start, stop))
  }
  for (const bolus of programmed) {
    starts.push(bolus)
    found.set(bolus.event, used.has(bolus.event) ? [] : 'a bolus was programmed; its delivery is not in this read')
  }
  for (const { event } of cancelled) {
    found.set(event, used.has(event) ? [] : 'a bolus was cancelled; its delivery is not in this read')
  }
  for (const [{ event, record }, addition] of joinScreens(screens, starts, log))
    found.set(event, { ...record, ...addition })
  return found

  function sort<T>(event: HistoryEvent, read: (event: HistoryEvent) => T | string | undefined, into: T[]): void {
    const part = attempt(event, read)
    if (typeof part === 'string') found.set(event, part)
    else if (part !== undefined) into.push(part)
  }
}

type Start = Pick<ProgrammedBolus, 'event' | 'source' | 'total'>

/** For each screen whether a bolus followed, as far as that is known. */
function joinScreens(
  screens: readonly WizardScreen[],
  starts: readonly Start[],
  log: Log,
): ReadonlyMap<WizardScreen, Pick<Wizard, 'delivered' | 'supporting'>> {
  const additions = new Map<WizardScreen, Pick<Wizard, 'delivered' | 'supporting'>>()
  const ordered = starts
    .filter(({ source }) => wizardSources.includes(source))
    .sort((a, b) => a.event.rtc - b.event.rtc)
  let next = 0
  const before: WizardScreen[] = []
  for (const { event, total } of ordered) {
    for (; (screens[next]?.event.rtc ?? Number.POSITIVE_INFINITY) <= event.rtc; next++) {
      const screen = screens[next]
      if (screen) before.push(screen)
    }
    for (let i = before.length - 1; i >= 0; i--) {
      const screen = before[i]
      if (!screen || screen.event.rtc < event.rtc - SCREEN_BEFORE_S) break
      if (screen.finalAmount !== total || additions.has(screen)) continue
      additions.set(screen, { delivered: true, supporting: [event.raw] })
      break
    }
  }
  for (const screen of screens) if (!additions.has(screen)) additions.set(screen, notDelivered(screen, log))
  return additions
}

/**
 * A screen that no bolus followed. Only where the log goes on without a hole is that known; the event that shows it
 * speaks for the record. Of a screen that proposed nothing nobody can say: the carbohydrate may have been eaten.
 */
function notDelivered({ event, finalAmount }: WizardScreen, log: Log): Pick<Wizard, 'delivered' | 'supporting'> {
  const after = event.rtc + SCREEN_BEFORE_S
  const witness = finalAmount > 0 ? log.firstFrom(after) : undefined
  if (!witness || !log.isWhole(event.rtc, witness.rtc)) return {}
  return { delivered: false, supporting: [witness.raw] }
}

function recordOf(
  { event, kind, part, source, preset, number, programmedUnits, deliveredUnits, minutes }: DeliveredBolus,
  start: ProgrammedBolus | undefined,
  stop: CancelledBolus | undefined,
): TherapyRecord {
  const supporting: RawRef[] = [start, stop].flatMap(partner => (partner ? [partner.event.raw] : []))
  const common = { ...base(event), ...(supporting.length > 0 && { supporting }) }
  if (source === MICRO_BOLUS) {
    // 670G: source code alone.
    const dose: AutoBasalDose = { type: 'autoBasalDose', ...common, units: deliveredUnits }
    return dose
  }
  const { word, context } = sources[source] ?? { word: `SOURCE_${source}` }
  const bolus: Bolus = {
    type: 'bolus',
    ...common,
    subType: kind,
    ...(part === 'normal'
      ? { normalUnits: deliveredUnits, programmedNormalUnits: programmedUnits }
      : { extendedUnits: deliveredUnits, programmedExtendedUnits: programmedUnits }),
    ...(minutes !== undefined && { durationMs: minutes * MINUTE_MS }),
    ...(start ? { startTime: start.event.time } : { annotations: ['app/bolus-start-unknown'] }),
    ...(preset > 0 ? { context: 'preset' } : context && { context }),
    rawSource: word,
    bolusNumber: number,
    ...(stop && { cancelledBy: stop.by }),
  }
  return bolus
}

/** Finds the last event of a key in a span of RTC. */
function partners<T extends { readonly event: HistoryEvent }>(all: readonly T[], keyOf: (one: T) => string) {
  const byKey = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const list = byKey.get(key)
    if (list) list.push(one)
    else byKey.set(key, [one])
  }
  return (key: string, fromRtc: number, toRtc: number): T | undefined =>
    byKey.get(key)?.findLast(({ event }) => event.rtc >= fromRtc && event.rtc <= toRtc)
}
