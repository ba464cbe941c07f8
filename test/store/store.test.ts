import 'fake-indexeddb/auto'
import { storeChecks } from './storeChecks.ts'

storeChecks()
