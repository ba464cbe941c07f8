/**
 * What the person chose and answered before reading a model, one document a model, to be offered again. Kept documents
 * may be of another version or from a backup: what makes no sense is left out.
 */
import * as v from 'valibot'
import { guarded } from './asStoreError.ts'
import type { Database } from './db.ts'

const PREFIX = 'choices '
const MAX_ANSWERS = 5
const MAX_TEXT = 100

const text = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_TEXT))
const schema = v.object({
  bridge: v.exactOptional(text),
  transport: v.exactOptional(v.picklist(['hid', 'usb', 'serial'])),
  answers: v.record(v.string(), v.pipe(v.array(text), v.maxLength(MAX_ANSWERS))),
})

/** What is remembered of a model. */
export interface Choices {
  /** The bridge that was at hand last. */
  readonly bridge?: string
  /** The way that worked last. */
  readonly transport?: 'hid' | 'usb' | 'serial'
  /** By question, newest first. */
  readonly answers: Readonly<Record<string, readonly string[]>>
}

/** What was chosen for one read. */
export interface Choice extends Pick<Choices, 'bridge' | 'transport'> {
  readonly answers?: Readonly<Record<string, string>>
}

export async function readChoices(db: Database, modelId: string): Promise<Choices> {
  const kept = await guarded(() => db.documents.get(PREFIX + modelId))
  return choicesFrom(kept?.value)
}

/** Puts what was chosen in front of what was chosen before. Throws RangeError when it makes no sense. */
export function rememberChoice(db: Database, modelId: string, choice: Choice): Promise<void> {
  return guarded(() =>
    db.transaction('rw', db.documents, async () => {
      const before = await readChoices(db, modelId)
      const answers = { ...before.answers }
      for (const [question, answer] of Object.entries(choice.answers ?? {})) {
        const others = (answers[question] ?? []).filter(known => known !== answer)
        answers[question] = [answer, ...others].slice(0, MAX_ANSWERS)
      }
      const { bridge = before.bridge, transport = before.transport } = choice
      const wanted = { ...(bridge && { bridge }), ...(transport && { transport }), answers }
      const parsed = v.safeParse(schema, wanted)
      if (!parsed.success) throw new RangeError(`No such choice: ${v.summarize(parsed.issues)}`)
      await db.documents.put({ key: PREFIX + modelId, value: parsed.output })
    }),
  )
}

/** Forgets a device's serial number wherever it is an answer. Inside the caller's transaction. */
export async function forgetAnswer(db: Database, serial: string): Promise<void> {
  const documents = await db.documents.where('key').startsWith(PREFIX).toArray()
  for (const { key, value } of documents) {
    const kept = choicesFrom(value)
    const answers = Object.entries(kept.answers).map(([question, all]) => [question, all.filter(one => one !== serial)])
    await db.documents.put({ key, value: { ...kept, answers: Object.fromEntries(answers) } })
  }
}

function choicesFrom(value: unknown): Choices {
  const parsed = v.safeParse(schema, value)
  if (!parsed.success) return { answers: {} }
  // The schema's output but for `undefined`, which exactOptional leaves out.
  return parsed.output
}
