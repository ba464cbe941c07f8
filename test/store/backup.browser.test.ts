/** The checks of backups again, in the real Chromium. */
import { backupChecks } from './backupChecks.ts'

backupChecks()
