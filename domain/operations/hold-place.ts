/** A reader asks for a title, or for one item of it. Rules H1–H5 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { aboutHolds } from '../hold-facts.ts'
import type { Hold } from '../hold-records.ts'
import { dueText } from '../words/due-date.ts'
import { defineOperation, impossible, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { blockedUntil } from '../policy/blocked-for.ts'
import { canBeWaitedFor, inQueue } from '../policy/hold-queue.ts'
import type { Reader } from '../records.ts'
import { askedForHold } from '../refused-request.ts'
import { activeAtAfter } from '../scopes.ts'
import { CalendarDate } from '../words/calendar-date.ts'
import { BranchId, HoldId, ItemId, TitleId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { isPlaceholderReader } from './placeholders.ts'

const Payload = z.strictObject({
  title: TitleId,
  /** Null: any item of the title will do. */
  item: ItemId.nullable(),
  card: PlainText(64).min(1),
  pickupBranch: BranchId,
  neededByOn: CalendarDate.nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  holdId: z.string(),
  titleId: z.string(),
  readerId: z.string().nullable(),
  pickupBranchId: z.string(),
  /** Its place in the queue, from 1; 0 where it was not placed. */
  position: z.int().min(0),
})

export const placeHold = defineOperation({
  kind: 'hold.place',
  evidence: 'intent',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  asks: ({ title, item, pickupBranch, neededByOn }) =>
    askedForHold({ titleId: title, itemId: item, pickupBranchId: pickupBranch, neededByOn }),
  subject({ title, item, card, pickupBranch }) {
    const asked = { queue: true, copies: true, ofReader: true }
    const holds = aboutHolds({ titleId: title, pickupBranchId: pickupBranch, ...asked })
    return aSubject({ card, itemId: item, holds })
  },
  decide(facts, payload, ctx) {
    const id = HoldId.parse(ctx.newId())
    const { reader } = facts
    const about = {
      itemId: payload.item,
      readerId: reader?.id ?? null,
      loanId: null,
      otherLoanId: null,
    }
    // What it became part of meanwhile is what the reader waits for (Q7).
    const title = facts.holds.title?.id ?? payload.title
    const hold = reader === null ? null : placed(id, reader, { ...payload, title }, ctx)
    const summary = {
      holdId: id as string,
      titleId: title as string,
      readerId: reader?.id ?? null,
      pickupBranchId: payload.pickupBranch as string,
      position: hold === null ? 0 : inQueue([...facts.holds.waiting, hold]).indexOf(hold) + 1,
    }
    return {
      findings: [...askerFindings(facts, payload, ctx), ...askedFindings(facts, payload, ctx)],
      changes: hold === null || reader === null ? [] : changesOf(facts, hold, reader, ctx),
      summary,
      about,
    }
  },
})

const placed = (id: HoldId, reader: Reader, payload: Payload, ctx: Ctx): Hold => ({
  id,
  titleId: payload.title,
  itemId: payload.item,
  readerId: reader.id,
  pickupBranchId: payload.pickupBranch,
  placedAt: ctx.at,
  placedBranchId: BranchId.parse(ctx.branchId),
  priority: 0,
  suspendedUntilOn: null,
  neededByOn: payload.neededByOn,
  state: 'waiting',
  trappedItemId: null,
  trappedAt: null,
  keepUntilOn: null,
  missedItemIds: [],
  closedAt: null,
  closeReason: null,
})

/** The desks of the pick-up branch, or of the one that loads the kiosk, must know whom it is for. */
function changesOf({ holds }: Facts, hold: Hold, reader: Reader, ctx: Ctx): Change[] {
  const branchId = holds.pickupBranch?.servedByBranchId ?? hold.pickupBranchId
  const activeAt = activeAtAfter(reader, branchId, ctx.today)
  return [
    put('hold', hold),
    patch('reader', reader.id, activeAt === null ? {} : { activeAt }, { openHoldsCount: 1 }),
  ]
}

/** H2, H5: may this reader ask? */
function askerFindings(facts: Facts, { card }: Payload, ctx: Ctx): Finding[] {
  const { reader, policy } = facts
  if (reader === null || isPlaceholderReader(reader)) {
    return [impossible('unknown-reader', 'H5', { params: { card } })]
  }
  const found: Finding[] = []
  if (reader.cardState === 'lost') found.push(impossible('card-lost', 'H5'))
  if (reader.cardState === 'closed') found.push(impossible('card-closed', 'H5'))
  if (reader.expiresOn < ctx.today) {
    const params = { expiresOn: reader.expiresOn }
    found.push(override('card-expired', 'H5', { params, permission: 'override-limits' }))
  }
  const until = blockedUntil(reader, 'hold', ctx.today)
  if (until !== null) {
    const params = { until, reason: reader.blockReason ?? '' }
    found.push(override('reader-blocked', 'H5', { params, permission: 'override-blocks' }))
  }
  const limit = policy.readerCategories.find(({ id }) => id === reader.category)?.holdsMax ?? 0
  if (reader.openHoldsCount >= limit) {
    const params = { count: reader.openHoldsCount, limit }
    found.push(override('hold-limit-reached', 'H2', { params, permission: 'override-limits' }))
  }
  return found
}

/** H1, H3, H4: can it be had, and does the reader have it? */
function askedFindings(facts: Facts, payload: Payload, ctx: Ctx): Finding[] {
  const { holds, reader } = facts
  const found: Finding[] = []
  if (holds.pickupBranch === null) found.push(impossible('unknown-pickup-branch', 'H1'))
  if (payload.neededByOn !== null && payload.neededByOn < ctx.today) {
    found.push(impossible('needed-by-in-past', 'H1'))
  }
  if (holds.title === null) return [...found, impossible('unknown-title', 'H1')]
  const copies = holds.copies.filter(({ id }) => payload.item === null || id === payload.item)
  if (!copies.some(canBeWaitedFor)) found.push(impossible('nothing-to-hold', 'H1'))
  if (reader === null) return found
  const asked = { title: holds.title.id, item: payload.item }
  if (holds.openOfReader.some((one) => isSameWish(one, asked))) {
    found.push(impossible('hold-placed-already', 'H3'))
  }
  const loan = holds.loansOfCopies.find(
    ({ readerId, returnedAt }) => readerId === reader.id && returnedAt === null,
  )
  if (loan !== undefined) {
    const params = { dueOn: dueText({ on: loan.dueOn, at: loan.dueAt }) }
    found.push(override('title-on-loan-to-reader', 'H4', { params, permission: 'circulate' }))
  }
  return found
}

/** Whoever waits for any copy waits for this one as well. */
export const isSameWish = (hold: Hold, { title, item }: Pick<Payload, 'title' | 'item'>): boolean =>
  hold.titleId === title && (hold.itemId === null || item === null || hold.itemId === item)
