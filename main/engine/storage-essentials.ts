/**
 * What a desk must know to open its doors: the policy, its own service point and who works there.
 * Kept in the outbox beside what the desk did, so that losing the records while offline costs the
 * records and not the day: staff sign in, and items and readers are lent unseen.
 */
import { z } from 'zod'
import { finders } from '../../domain/gathering.ts'
import type { FinderName, FinderValue } from '../../domain/gathering.ts'
import { CityPolicy } from '../../domain/policy/policy-shapes.ts'
import { Branch, Calendar, Library, Staff } from '../../domain/records.ts'
import type { RecordKind, RecordOf } from '../../domain/records.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import type { EssentialRows } from '../../db/replica/rows.ts'
import type { Replica } from '../../db/replica/replica.ts'

const SETTING = 'essentials'
const LOST_SETTING = 'records-lost-at'

const Essentials = z.strictObject({
  policy: CityPolicy,
  library: Library,
  branch: Branch,
  calendar: Calendar,
  staff: z.array(Staff),
})
type Essentials = z.infer<typeof Essentials>

export interface KeptEssentials extends EssentialRows {
  /** Copies them out of records that are complete; writes only what is new. */
  readonly keep: (stores: { readonly replica: Replica }) => void
  /** The records were begun anew: from now on these stand in for what is not there. */
  readonly standIn: (at: number) => void
  /** The city has told everything again. */
  readonly stepBack: () => void
  /** Since when they stand in; null where they do not. */
  readonly since: () => number | null
}

export function keptEssentials(outbox: Outbox): KeptEssentials {
  let saved = outbox.setting(SETTING)
  let since = numberOrNull(outbox.setting(LOST_SETTING))
  let parsed: Essentials | null = null
  const essentials = (): Essentials | null => {
    if (since === null || saved === null) return null
    parsed ??= Essentials.parse(JSON.parse(saved))
    return parsed
  }
  const saveSince = (at: number | null): void => {
    if (at === since) return
    since = at
    outbox.saveSetting(LOST_SETTING, at === null ? null : String(at))
  }
  return {
    row: (kind, id) => rowOf(essentials(), kind, id),
    find: (finder, values) => foundIn(essentials(), finder, values),
    keep({ replica }) {
      const found = essentialsIn(replica, outbox)
      if (found === null) return
      const text = JSON.stringify(found)
      if (text === saved) return
      outbox.saveSetting(SETTING, text)
      saved = text
      parsed = null
    },
    // A desk that never had any is a new one, or one of its own: nothing was lost.
    standIn(at) {
      if (saved !== null) saveSince(at)
    },
    stepBack: () => saveSince(null),
    since: () => since,
  }
}

const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text))

/** Null for a desk that no city can send its records again, and before they are all there. */
function essentialsIn(replica: Replica, outbox: Outbox): Essentials | null {
  const identity = outbox.identity()
  if (identity === null || identity.serverUrl === null) return null
  const policy = replica.row('policy', 'city')
  const branch = replica.row('branch', identity.branchId)
  const library = replica.row('library', identity.libraryId)
  const calendar = branch === null ? null : replica.row('calendar', branch.calendarId)
  if (policy === null || branch === null || library === null || calendar === null) return null
  const staff = replica.rows
    .select('staff', 'WHERE isActive = 1 ORDER BY id')
    .filter(({ branchIds }) => branchIds.includes(branch.id))
  return { policy, library, branch, calendar, staff }
}

function rowOf(kept: Essentials | null, kind: RecordKind, id: string): RecordOf<RecordKind> | null {
  if (kept === null) return null
  const rows: readonly RecordOf<RecordKind>[] =
    kind === 'staff'
      ? kept.staff
      : kind === 'policy' || kind === 'library' || kind === 'branch' || kind === 'calendar'
        ? [kept[kind]]
        : []
  return rows.find((row) => row.id === id) ?? null
}

function foundIn(
  kept: Essentials | null,
  finder: FinderName,
  values: readonly FinderValue[],
): readonly Staff[] {
  const { kind, by } = finders[finder]
  if (kept === null || kind !== 'staff') return []
  return kept.staff.filter((row) =>
    by.every((column, index) => row[column as keyof Staff] === values[index]),
  )
}
