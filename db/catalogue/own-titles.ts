/**
 * What this desk did to titles above the city's last word: shown is the city's row with the own
 * operations on it in order, until the city has settled each (design/sync.md, Rebase).
 */
import { applyChange, isOfCatalogue, keyOfChange } from '../../domain/change.ts'
import type { Change, RecordKey } from '../../domain/change.ts'
import type { Bib, Title } from '../../domain/records.ts'
import type { Statement } from '../open.ts'

export type CatalogueRow = Title | Bib

/** What an own operation changed when it was done; nothing where the log has it no more. */
export type OwnChanges = (seq: number) => readonly Change[]

/** Inside transactions of the caller's, which writes what is to be shown. */
export interface OwnTitles {
  /** `seq` changes this key; `row` is kept as the city's unless one is kept already. */
  readonly note: (seq: number, key: RecordKey, row: CatalogueRow | null) => void
  /** The city changed a key: what is to be shown now; null where nobody here touched it. */
  readonly told: (change: Change) => { readonly row: CatalogueRow | null } | null
  readonly touches: (seq: number) => boolean
  /** Forgets the operations: what is to be shown of each key that they changed. */
  readonly settle: (seqs: readonly number[]) => Map<RecordKey, CatalogueRow | null>
  /** Forgets all: the city's row of each key. */
  readonly takeBack: () => Map<RecordKey, CatalogueRow | null>
}

const rowOf = (text: string | null): CatalogueRow | null =>
  text === null ? null : (JSON.parse(text) as CatalogueRow)

const textOf = (row: CatalogueRow | null): string | null =>
  row === null ? null : JSON.stringify(row)

export function openOwnTitles(sql: (text: string) => Statement, changesOf: OwnChanges): OwnTitles {
  const above = changesAbove(changesOf)

  function baseOf(key: RecordKey): { readonly row: CatalogueRow | null } | null {
    const kept = sql('SELECT row FROM baseRow WHERE key = ?').pluck().get(key) as
      | string
      | null
      | undefined
    return kept === undefined ? null : { row: rowOf(kept) }
  }

  const seqsOf = (key: RecordKey): number[] =>
    sql('SELECT seq FROM ownChange WHERE key = ? ORDER BY seq').pluck().all(key) as number[]

  const shown = (key: RecordKey, base: CatalogueRow | null): CatalogueRow | null =>
    seqsOf(key)
      .flatMap((seq) => above.of(seq, key))
      .reduce((row, change) => applyChange(row, change) as CatalogueRow | null, base)

  return {
    note(seq, key, row) {
      sql('INSERT OR IGNORE INTO ownChange VALUES (?, ?)').run(seq, key)
      sql('INSERT OR IGNORE INTO baseRow VALUES (?, ?)').run(key, textOf(row))
    },
    told(change) {
      const key = keyOfChange(change)
      const base = baseOf(key)
      if (base === null) return null
      const row = applyChange(base.row, change) as CatalogueRow | null
      sql('UPDATE baseRow SET row = ? WHERE key = ?').run(textOf(row), key)
      return { row: shown(key, row) }
    },
    touches: (seq) => sql('SELECT 1 FROM ownChange WHERE seq = ? LIMIT 1').get(seq) !== undefined,
    settle(seqs) {
      above.forget()
      const keys = new Set<RecordKey>()
      for (const seq of seqs) {
        const touched = sql('DELETE FROM ownChange WHERE seq = ? RETURNING key').pluck().all(seq)
        for (const key of touched as RecordKey[]) keys.add(key)
      }
      const rows = new Map<RecordKey, CatalogueRow | null>()
      for (const key of keys) {
        rows.set(key, shown(key, baseOf(key)?.row ?? null))
        if (seqsOf(key).length === 0) sql('DELETE FROM baseRow WHERE key = ?').run(key)
      }
      return rows
    },
    takeBack() {
      above.forget()
      const kept = sql('SELECT key, row FROM baseRow').all() as {
        key: RecordKey
        row: string | null
      }[]
      sql('DELETE FROM baseRow').run()
      sql('DELETE FROM ownChange').run()
      return new Map(kept.map(({ key, row }) => [key, rowOf(row)]))
    },
  }
}

/**
 * The changes of own operations by their keys. The last one read is kept: an import of a hundred
 * records takes 10 ms to read, and the city's answer tells of each of its keys.
 */
function changesAbove(changesOf: OwnChanges) {
  let seqRead: number | null = null
  let byKey = new Map<RecordKey, Change[]>()
  return {
    of(seq: number, key: RecordKey): readonly Change[] {
      if (seqRead !== seq) {
        byKey = Map.groupBy(changesOf(seq).filter(isOfCatalogue), keyOfChange)
        seqRead = seq
      }
      return byKey.get(key) ?? []
    },
    forget() {
      seqRead = null
      byKey = new Map()
    },
  }
}
