/** The desk's audit trail: each line's hash covers the line before, so that no line can be changed,
 *  dropped or moved unnoticed. The end can be cut off; the server's copy of the head shows that. */
import { createHash } from 'node:crypto'

import { inTransaction } from '../open.ts'
import type { Database } from '../open.ts'

export interface AuditEntry {
  readonly at: number
  readonly staffId: string | null
  readonly action: string
  /** Internal ids only: a name or card number has no place in a log. */
  readonly subject: string | null
  readonly result: string
}

export interface AuditLine extends AuditEntry {
  readonly number: number
  readonly hash: string
}

const FIRST_HASH = '0'.repeat(64)

export interface AuditTrail {
  readonly add: (entry: AuditEntry) => void
  /** Newest first. */
  readonly tail: (limit: number) => AuditLine[]
  /** The number of the first line that does not fit the one before; null where all fit. */
  readonly firstBroken: () => number | null
}

export function auditTrail(db: Database): AuditTrail {
  const columns = 'number, at, staffId, action, subject, result, hash'
  const tail = db.prepare(`SELECT ${columns} FROM audit ORDER BY number DESC LIMIT ?`)
  const after = db.prepare(`SELECT ${columns} FROM audit WHERE number > ? ORDER BY number LIMIT ?`)
  const insert = db.prepare(`INSERT INTO audit (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`)
  return {
    add(entry) {
      inTransaction(db, () => {
        const last = tail.get(1) as AuditLine | undefined
        const number = (last?.number ?? 0) + 1
        const hash = hashOf(last?.hash ?? FIRST_HASH, number, entry)
        insert.run(number, ...fieldsOf(entry), hash)
      })
    },
    tail: (limit) => tail.all(limit) as AuditLine[],
    firstBroken() {
      let previous = { number: 0, hash: FIRST_HASH }
      for (;;) {
        const lines = after.all(previous.number, 1000) as AuditLine[]
        if (lines.length === 0) return null
        for (const line of lines) {
          const fits =
            line.number === previous.number + 1 &&
            line.hash === hashOf(previous.hash, line.number, line)
          if (!fits) return line.number
          previous = line
        }
      }
    },
  }
}

const fieldsOf = ({ at, staffId, action, subject, result }: AuditEntry) =>
  [at, staffId, action, subject, result] as const

const hashOf = (previous: string, number: number, entry: AuditEntry): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, number, ...fieldsOf(entry)]))
    .digest('hex')
