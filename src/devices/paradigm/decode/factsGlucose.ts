/**
 * Finger-sticks: the pump writes what its linked meter sent twice, and a person who then uses the calculator may type the
 * same value once more. One test, one record. Source: paradigm sheet §6.7 and §8.5.
 */
import type { Smbg } from '#records/records.ts'
import { MINUTE_MS } from '#records/time.ts'
import { mgdlFrom, roundHalfEven } from '#records/units.ts'
import type { RunState } from './factsRun.ts'
import { type Draft, isTimed, refOf, type Timed } from './therapy.ts'
import { meterSerialOf, readGlucose, stepsFromMeter } from './therapyEvents.ts'

/** A value typed in as long after the meter sent the same one is that one. */
const TYPED_AGAIN_MS = 15 * MINUTE_MS

/** Readers of one run; to be called in the log's order. */
export function glucoseFacts({ records: run, family, facts, start, take, skip }: RunState) {
  /** Sent by a meter in the last quarter of an hour. */
  let sent: { readonly fact: Draft<Smbg>; readonly tenths: number }[] = []

  return {
    /** 0A */
    entered(record: Timed, at: number): void {
      const fact = readGlucose(record)
      if (typeof fact === 'string') {
        skip(record, fact)
        return
      }
      const next = run[at + 1]
      const isSent = next !== undefined && (next.opcode === 0x3f || next.opcode === 0x39) && next.time === record.time
      if (isSent && isTimed(next) && stepsFromMeter(next) === stepsOf(fact)) {
        fact.subType = 'linked'
        fact.meterSerial = meterSerialOf(next)
        fact.supporting = take(at + 1)
      }
      sent = sent.filter(other => Math.abs(record.time - other.fact.deviceTime) <= TYPED_AGAIN_MS)
      const tenths = tenthsOf(fact)
      if (fact.subType === 'linked') sent.push({ fact, tenths })
      else {
        const first = sent.find(other => other.fact.deviceTime <= record.time && other.tenths === tenths)?.fact
        if (first) {
          first.supporting = [...(first.supporting ?? []), refOf(record)]
          first.annotations = ['app/typed-again']
          return
        }
        const isSure = start === undefined || record.time - start > TYPED_AGAIN_MS || !mayHaveLink(family.number)
        if (!isSure) {
          // With the page before it, the same record would have to disappear again.
          skip(record, 'a typed finger-stick that may repeat one on a page that was not read')
          return
        }
      }
      facts.records.push(fact)
    },

    /** 3F and 39 that no 0A took. */
    received(record: Timed): void {
      skip(record, 'a finger-stick sent by a meter of which the pump’s own record was not read')
    },
  }
}

const mayHaveLink = (family: number): boolean => family !== 12

const stepsOf = ({ value, units }: Smbg): number => Math.round(units === 'mmol/L' ? value * 10 : value)

/** In the coarser of the two units: a pump in mmol/L shows in its own what its meter sent in mg/dL. */
const tenthsOf = ({ value, units }: Smbg): number =>
  units === 'mmol/L' ? Math.round(value * 10) : 10 * roundHalfEven(value / mgdlFrom(1, 'mmol/L'), 1)
