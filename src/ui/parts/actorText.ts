/** Who did something, where the device says so. */
import type { RecordBase } from '#records/records.ts'
import { reportTexts } from '../texts/reports.ts'

const { actors } = reportTexts.records

/** In words; one that this version does not know stays as it is. */
export const actorText = (actor: string): string =>
  Object.hasOwn(actors, actor) ? actors[actor as keyof typeof actors] : actor

/** A sentence on what a pump did, with who it was unless that was the pump itself or a person at it. */
export const withActor = (text: string, { actor }: Pick<RecordBase, 'actor'>): string =>
  actor === undefined || actor === 'pump' ? text : `${text} (${actorText(actor)})`
