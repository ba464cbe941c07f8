/**
 * The Paradigm pumps: `talk/` speaks with them through the white stick or the Contour NEXT LINK, `decode/` understands
 * what they have said, and neither knows the other's business. Source: paradigm sheet.
 */
import type { Driver } from '../driver.ts'
import { decode } from './decode/decode.ts'
import { download, mayWrite } from './talk/download.ts'

/**
 * A pump that cannot be reached is called twice for 18 s each, and a page that is lost on the radio is asked for four
 * times before it is left out, three times in a row before the read ends.
 */
const PATIENCE_MS = 180_000

export const driver: Driver = { id: 'paradigm', decoderVersion: 1, patienceMs: PATIENCE_MS, mayWrite, download, decode }
