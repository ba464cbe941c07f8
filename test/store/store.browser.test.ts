/** The checks of the store again, in the real Chromium. */
import { storeChecks } from './storeChecks.ts'

storeChecks()
