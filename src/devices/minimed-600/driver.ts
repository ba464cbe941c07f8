/**
 * Reads a pump of the MiniMed 600 series through its link meter. How it is talked to stands in `talk/`, in which order in
 * `talk/upload.ts`; what the pages mean in `decode/`. Source: minimed-600 sheet.
 */
import type { Driver } from '../driver.ts'
import { decode, DECODER_VERSION } from './decode/decode.ts'
import { upload } from './talk/upload.ts'
import { mayWrite } from './talk/whitelist.ts'

const ID = 'minimed-600'
/**
 * The longest that a read goes on without a word from the pump: a search over five channels, twice, each 10 s without
 * even a "not here" (sheet §6.1), and before and after it the meter's own silences.
 */
const PATIENCE_MS = 150_000

export const driver: Driver = {
  id: ID,
  decoderVersion: DECODER_VERSION,
  patienceMs: PATIENCE_MS,
  mayWrite,
  download: (port, session) => upload(port, session, ID),
  decode,
}
