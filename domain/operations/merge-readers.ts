/**
 * Two records of one person become one: what hung on the one hangs on the other, which answers for
 * its cards from then on. Rule D13.
 */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import { finders } from '../gathering.ts'
import { defineOperation, impossible, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { widened } from '../policy/blocked-for.ts'
import { atReaderDesk } from '../reader-facts.ts'
import type { MergedFacts } from '../reader-facts.ts'
import type { Hold } from '../hold-records.ts'
import type { LedgerEntry } from '../ledger-records.ts'
import { ACTIVE_AT_MAX } from '../records.ts'
import type { Reader } from '../records.ts'
import { ReaderId } from '../words/ids.ts'
import type { BranchId, CardId, LedgerEntryId } from '../words/ids.ts'
import { aboutReader } from './about-reader.ts'
import { isPlaceholderReader } from './placeholders.ts'
import { countsOf } from './reader-counts.ts'

const Payload = z.strictObject({
  /** Stays. */
  reader: ReaderId,
  /** Becomes part of it. */
  other: ReaderId,
})
const Summary = z.strictObject({
  readerId: z.string(),
  otherId: z.string(),
  loansMoved: z.int(),
  feesMoved: z.int(),
})

export const mergeReaders = defineOperation({
  kind: 'reader.merge',
  evidence: 'intent',
  permission: 'settle-exceptions',
  audit: 'reader',
  payload: Payload,
  summary: Summary,
  subject: ({ reader, other }) =>
    aSubject({ readerId: reader, atReaderDesk: atReaderDesk({ mergedReaderId: other }) }),
  decide({ reader, atReaderDesk: desk }, payload, ctx) {
    const merged = desk?.merged ?? null
    const open = merged?.loans.filter(({ returnedAt }) => returnedAt === null) ?? []
    const owed = merged?.fees.filter(({ settledAt }) => settledAt === null) ?? []
    const summary = {
      readerId: payload.reader as string,
      otherId: payload.other as string,
      loansMoved: open.length,
      feesMoved: owed.length,
    }
    const about = aboutReader(reader)
    if (reader === null || merged === null) {
      return { findings: [impossible('unknown-reader', 'D13')], changes: [], summary, about }
    }
    const findings = mergeFindings(reader, merged)
    return { findings, changes: mergeChanges(reader, merged, ctx), summary, about }
  },
})

function mergeFindings(reader: Reader, merged: MergedFacts): Finding[] {
  const other = merged.reader
  if (other.id === reader.id) return [impossible('same-reader', 'D13')]
  if (other.mergedIntoId !== null) return [impossible('already-merged', 'D13')]
  const found: Finding[] = []
  if (isPlaceholderReader(reader) || isPlaceholderReader(other)) {
    found.push(impossible('reader-to-be-completed', 'D16'))
  }
  // Only the desk that holds it knows what was spent of it; returned, the points are free.
  if (merged.openLeases.length > 0) found.push(impossible('lease-open', 'D13'))
  const isWhole =
    merged.loans.length < finders.loansOfReader.limit &&
    merged.fees.length < finders.feesOfReader.limit &&
    merged.entries.length < finders.entriesOfReader.limit &&
    merged.openHolds.length < finders.openHoldsOfReader.limit
  if (!isWhole) found.push(impossible('merge-too-large', 'D13'))
  const isSameHash = reader.idNumberHash !== null && reader.idNumberHash === other.idNumberHash
  const isSamePerson = reader.name === other.name && reader.bornOn === other.bornOn
  if (!isSameHash && !isSamePerson) {
    const params = { card: reader.cardNumber, otherCard: other.cardNumber }
    found.push(override('persons-differ', 'D13', { params, permission: 'settle-exceptions' }))
  }
  return found
}

function mergeChanges(reader: Reader, merged: MergedFacts, ctx: Ctx): Change[] {
  const other = merged.reader
  const readerId = reader.id
  const cardId = ctx.newId() as CardId
  const state = other.cardState
  return [
    // Named as they stand: returned or paid since, they are counted elsewhere, and no undo fits (U4).
    ...merged.loans.map(({ id, returnedAt }) => patch('loan', id, { readerId, returnedAt })),
    ...merged.fees.map(({ id, settledAt }) => patch('fee', id, { readerId, settledAt })),
    ...merged.openHolds.flatMap((hold) => movedHold(hold, readerId)),
    ...merged.openExceptions.map(({ id }) => patch('exception', id, { readerId })),
    ...merged.cards.map(({ id }) => patch('card', id, { readerId })),
    ...merged.messages.map(({ id }) => patch('reader-message', id, { readerId })),
    put('card', {
      id: cardId,
      number: other.cardNumber,
      readerId,
      kind: 'physical',
      state,
      issuedOn: null,
      replacedByNumber: null,
    }),
    ...carriedOver(merged.entries, [other.id, readerId], ctx),
    patch('reader', readerId, filledFrom(reader, other), countsOf(other, 1)),
    patch('reader', other.id, { mergedIntoId: readerId }, countsOf(other, -1)),
  ]
}

/** Its place in the queue stays; what is kept for it is kept for the one who can collect it. */
function movedHold(hold: Hold, readerId: ReaderId): Change[] {
  const { id, closedAt, trappedItemId } = hold
  // Named as it stands: an item that is kept for it since is kept for this reader (U4).
  const moved = patch('hold', id, { readerId, closedAt, trappedItemId })
  return trappedItemId === null
    ? [moved]
    : [moved, patch('item', trappedItemId, { heldForReaderId: readerId })]
}

/** What the record that stays does not know, and the longer and wider of two suspensions. */
function filledFrom(reader: Reader, other: Reader): Partial<Reader> {
  const until = [reader.blockedUntilOn, other.blockedUntilOn].flatMap((on) => on ?? []).toSorted()
  const blockedUntilOn = until.at(-1) ?? null
  const isGuardedByOther = reader.guardianReaderId === other.id
  return {
    bornOn: reader.bornOn ?? other.bornOn,
    phone: reader.phone ?? other.phone,
    note: reader.note ?? other.note,
    idNumberHash: reader.idNumberHash ?? other.idNumberHash,
    ...(isGuardedByOther ? { guardianReaderId: null, guardianConsentAt: null } : {}),
    blockedUntilOn,
    blockedFor: blockedUntilOn === null ? [] : widened(reader.blockedFor, other.blockedFor),
    blockReason: reader.blockReason ?? other.blockReason,
    expiresOn: reader.expiresOn > other.expiresOn ? reader.expiresOn : other.expiresOn,
    activeAt: visitsOfBoth(reader, other),
  }
}

/** Desks that hold either hold the one that stays; the oldest visits give way. */
function visitsOfBoth(reader: Reader, other: Reader): Reader['activeAt'] {
  const lastByBranch = new Map<BranchId, Reader['activeAt'][number]>()
  for (const visit of [...reader.activeAt, ...other.activeAt]) {
    const known = lastByBranch.get(visit.branchId)
    if (known === undefined || known.lastOn < visit.lastOn) lastByBranch.set(visit.branchId, visit)
  }
  return [...lastByBranch.values()]
    .toSorted((one, two) => (one.lastOn < two.lastOn ? -1 : one.lastOn > two.lastOn ? 1 : 0))
    .slice(-ACTIVE_AT_MAX)
}

/** Entries never change (I26): what they come to is taken out of the one ledger and put in the other. */
function carriedOver(
  entries: readonly LedgerEntry[],
  [from, to]: readonly [ReaderId, ReaderId],
  ctx: Ctx,
): Change[] {
  return (['points', 'money'] as const).flatMap((ledger) => {
    const ids = [ctx.newId(), ctx.newId()] as [LedgerEntryId, LedgerEntryId]
    const amount = entries
      .filter((entry) => entry.ledger === ledger)
      .reduce((sum, entry) => sum + entry.amount, 0)
    if (amount === 0) return []
    const entry = {
      ledger,
      cause: 'adjusted',
      policyLine: null,
      number: null,
      at: ctx.at,
      branchId: ctx.branchId as BranchId,
      leaseId: null,
      reversesId: null,
      feeId: null,
      tender: null,
      tillId: null,
      note: null,
    } as const
    return [
      put('ledger-entry', { ...entry, id: ids[0], readerId: from, amount: -amount }),
      put('ledger-entry', { ...entry, id: ids[1], readerId: to, amount }),
    ]
  })
}
