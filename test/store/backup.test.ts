import 'fake-indexeddb/auto'
import { backupChecks } from './backupChecks.ts'

backupChecks()
