// Reported: nothing
import { page } from '#reports/thing.ts'
import { db } from '#store/thing.ts'
import { wrap } from 'comlink'
export const api = [page, db, wrap]
