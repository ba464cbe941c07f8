/** The words on the screen for stored ones, so that a search finds what it shows. See `store/recordSearch.ts`. */
import { recordWords } from '../texts/recordWords.ts'
import { reportTexts } from '../texts/reports.ts'

const { states, stateParts, values, fills, paused, resumed, cleared, changed, on, off, yes, no } = recordWords
const { autoModeOn, autoModeOff } = reportTexts.records

/** One stored word may be said in several ways, by where it stands: "manual" is "by hand" and "typed in". */
function together(lists: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const [stored, onScreen] of lists.flatMap(list => Object.entries(list))) {
    all[stored] = all[stored] === undefined ? onScreen : `${all[stored]} ${onScreen}`
  }
  return all
}

export const searchWords: Readonly<Record<string, string>> = together([
  stateParts,
  states,
  values.reason,
  values.subType,
  values.context,
  values.annotations,
  fills,
  {
    changed: `${changed} ${values.change.changed}`,
    true: `${on} ${yes}`,
    false: `${off} ${no}`,
    'mg dl': 'mg/dL',
    'mmol l': 'mmol/L',
    'suspended:true': paused,
    'suspended:false': resumed,
    'active:true': autoModeOn,
    'active:false': autoModeOff,
    'cleared:true': cleared,
  },
])
