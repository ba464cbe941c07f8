/** Every failure a person can meet has its sentences: what happened, are the data safe, what to do. */
import { describe, expect, test } from 'vitest'
import { deviceErrorCodes } from '#devices/errors.ts'
import { importErrorCodes } from '#files/importer.ts'
import { storeErrorCodes } from '#store/errors.ts'
import { failureTexts } from '#ui/texts/failures.ts'

const codes = [...new Set([...deviceErrorCodes, ...importErrorCodes, ...storeErrorCodes, 'interrupted' as const])]

describe('failure texts', () => {
  test.each(codes)('%s has a title, what happened, what of the data, what to do', code => {
    const text = failureTexts[code]
    for (const part of ['title', 'what', 'data', 'todo'] as const) expect(text[part].trim()).not.toBe('')
  })

  test.each(codes)('%s shows no code and no words of engineers', code => {
    const said = Object.values(failureTexts[code]).join(' ')
    expect(said).not.toMatch(/payload|exception|invalid|undefined|sync error|upload session|0x[0-9a-f]/i)
    expect(said).not.toMatch(/\b[a-z]+-[a-z]+-[a-z]+\b(?<!charging-only)/)
  })

  test('there is no text for a code that does not exist', () => {
    expect(Object.keys(failureTexts).sort()).toEqual([...codes].sort())
  })
})
