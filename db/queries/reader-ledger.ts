/** A reader's points, money and certificates, as far as this desk knows them; newest first. */
import type { Finding } from '../../domain/operation.ts'
import { sumFen } from '../../domain/policy/fee-balance.ts'
import { isUsable } from '../../domain/policy/points-leases.ts'
import type { DeskNow } from '../../domain/policy/points-leases.ts'
import type { LedgerEntry } from '../../domain/ledger-records.ts'
import type { Branch, Reader } from '../../domain/records.ts'
import { startOf } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import type { OutcomeName } from '../outbox/outbox.ts'
import type { Rows } from '../replica/rows.ts'
import { leaseRow, numberBlocks } from './leases.ts'
import type { LeaseRow, NumberBlock } from './leases.ts'
import { recordsOfPerson } from './records-of-person.ts'
import type { AskedAt, Stores } from './stores.ts'

export interface ReaderLedger {
  readonly reader: Pick<Reader, 'id'>
  /** Not in any lease. */
  readonly pointsFree: number
  /** May be redeemed at this desk now, with or without a line. */
  readonly spendable: number
  /** Open ones of this desk. */
  readonly leases: readonly LeaseRow[]
  /** What this desk asked the city for today, the latest. */
  readonly request: {
    readonly outcome: OutcomeName
    readonly findings: readonly Finding[]
  } | null
  readonly entries: readonly EntryRow[]
  /** All of them, of which `entries` shows the newest. */
  readonly entriesCount: number
  readonly blocks: readonly NumberBlock[]
}

interface EntryRow {
  readonly entry: LedgerEntry
  readonly isReversed: boolean
  readonly branch: Branch | null
  /** The operation that made it has not been confirmed by the city. */
  readonly isPending: boolean
}

interface Ask {
  readonly readerId: string
  readonly limit: number
}

/** Requests of a day that are looked through for the latest of this reader. */
const REQUESTS_MAX = 500

export function readerLedger(stores: Stores, ask: Ask, asked: AskedAt): ReaderLedger | null {
  const { outbox, replica } = stores
  const { rows } = replica
  const reader = rows.row('reader', ask.readerId)
  const policy = rows.row('policy', 'city')
  const identity = outbox.identity()
  if (reader === null || policy === null || identity === null) return null
  const desk: DeskNow = { deviceId: identity.deviceId, epoch: identity.epoch, at: asked.at }
  const ofDevice = rows.find('openLeasesOfDevice', [identity.deviceId, null])
  const own = rows.find('openLeasesOfReader', [reader.id, null])
  return {
    reader: { id: reader.id },
    pointsFree: reader.pointsFree,
    spendable: own
      .filter((lease) => isUsable(lease, desk, policy.points))
      .reduce((sum, lease) => sum + lease.amount - lease.spent, 0),
    leases: own.map((lease) => leaseRow(lease, desk, policy, null)),
    request: latestRequest(stores, reader.id, asked.today),
    ...entriesOf(stores, rows, ask),
    blocks: numberBlocks(ofDevice, desk, policy),
  }
}

function latestRequest(
  { outbox }: Stores,
  readerId: string,
  today: CalendarDate,
): ReaderLedger['request'] {
  const found = outbox
    .since(startOf(today), REQUESTS_MAX)
    .find(({ kind, about }) => kind === 'lease.request' && about.readerId === readerId)
  if (found === undefined) return null
  // What the city said, where it has spoken: stored as it came, in the shape of its own findings.
  const said = found.outcome === 'pending' ? found.findings : (found.outcomeFindings as Finding[])
  return { outcome: found.outcome, findings: said }
}

function entriesOf(
  { outbox }: Stores,
  rows: Rows,
  { readerId, limit }: Ask,
): Pick<ReaderLedger, 'entries' | 'entriesCount'> {
  // With what was entered for the records that became part of this one (D13).
  const ofPerson = 'WHERE readerId IN (SELECT value FROM json_each(?))'
  const ids = JSON.stringify(recordsOfPerson(rows, readerId))
  const found = rows.select(
    'ledger-entry',
    `${ofPerson} ORDER BY "at" DESC, id DESC LIMIT ?`,
    ids,
    limit,
  )
  const [count] = rows.raw(`SELECT count(*) AS count FROM "ledger-entry" ${ofPerson}`, ids)
  return {
    entries: found.map((entry) => ({
      entry,
      isReversed: isTakenBack(entry, rows.find('reversalsOfEntry', [entry.id])),
      branch: rows.row('branch', entry.branchId),
      isPending: outbox.byId(operationOf(entry))?.outcome === 'pending',
    })),
    entriesCount: Number(count?.['count']),
  }
}

/** What was given back of a payment in excess leaves the rest of it. */
const isTakenBack = (entry: LedgerEntry, reversals: readonly LedgerEntry[]): boolean =>
  reversals.length > 0 && Math.abs(entry.amount) <= Math.abs(sumFen(reversals))

/** Ids of records begin with the id of the operation that made them (domain/operation.ts). */
const operationOf = ({ id }: LedgerEntry): string => id.replace(/\.r\d+$/, '')
