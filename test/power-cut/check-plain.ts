/** The one table of plain-day.ts after the power cut. */
import { join } from 'node:path'
import { StorageFailure, isWhole, openDatabase } from '../../db/open.ts'
import type { OpenOptions } from '../../db/open.ts'
import { UNTYPED } from './check-home.ts'
import type { Found, Told } from './check-home.ts'

export const PLAIN_DATABASE: Omit<OpenOptions, 'path'> = {
  key: null,
  applicationId: 0x43_44_70_63,
  access: 'exclusive',
}

export function checkPlain(root: string, told: Told): Found {
  const none = { caughtUpCount: 0, mergedCount: 0, isSalvaged: false, lostCount: told.doneCount }
  try {
    const db = openDatabase({ ...PLAIN_DATABASE, path: join(root, 'plain.db') })
    try {
      if (!isWhole(db)) return { ...none, damaged: ['plain'], problems: [] }
      // The table itself may be lost: a file that was never synced is a whole one, and empty.
      const hasTable = db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'loan'`)
      if (hasTable.pluck().get() === 0) return { ...none, damaged: [], problems: [] }
      const found = db.prepare('SELECT count(*) FROM loan').pluck().get() as number
      return { ...none, lostCount: Math.max(0, told.doneCount - found), damaged: [], problems: [] }
    } finally {
      db.close()
    }
  } catch (error) {
    const problems = error instanceof StorageFailure ? [] : [`${UNTYPED} ${String(error)}`]
    return { ...none, damaged: ['plain'], problems }
  }
}
