/** What stands against the reader and the item of a lending. Rules L1–L6, L9–L14, L17–L20, L23. */
import type { Facts } from '../facts.ts'
import { dueOf, isLate } from '../lender-facts.ts'
import { alert, impossible, isOverridden, note, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { blockedUntil } from '../policy/blocked-for.ts'
import { classOf, openForHome, openOfClass } from '../policy/loan-class.ts'
import type { Item, Reader } from '../records.ts'
import { dueText } from '../words/due-date.ts'
import { cardFindings } from './card-findings.ts'
import { isPlaceholderReader } from './placeholders.ts'

export function readerFindings(facts: Facts, item: Item, ctx: Ctx): Finding[] {
  const { reader, policy } = facts
  if (reader === null) return unknownCardFindings(facts, ctx)
  if (isPlaceholderReader(reader)) return [stillUnknown(ctx)]
  const found: Finding[] = []
  const blocked = { permission: 'override-blocks', exception: 'reader-blocked' } as const
  const category = policy.readerCategories.find((one) => one.id === reader.category)
  found.push(...cardFindings(facts, ctx))
  if (reader.expiresOn < ctx.today) {
    const params = { expiresOn: reader.expiresOn }
    found.push(override('card-expired', 'L3', { params, permission: 'override-limits' }))
  }
  const until = blockedUntil(reader, 'lend', ctx.today)
  if (until !== null) {
    const params = { until, reason: reader.blockReason ?? '' }
    const exception = isOverridden(ctx, 'reader-blocked') ? null : blocked.exception
    found.push(override('reader-blocked', 'L4', { ...blocked, params, exception }))
  }
  if (reader.feesOwedFen > policy.debtMaxFen) {
    const params = { owedFen: reader.feesOwedFen, limitFen: policy.debtMaxFen }
    found.push(override('debt-above-limit', 'L13', { params, permission: 'override-limits' }))
  }
  found.push(...limitFindings(facts, reader, item, ctx))
  const earliest = facts.earliestDueLoan
  if (earliest !== null && isLate(facts, earliest, ctx.at)) {
    const params = { dueOn: dueText(dueOf(facts, earliest)) }
    found.push(alert('reader-has-overdue', 'L14', { params }))
  }
  if (category?.isJuvenile === true && facts.item?.audience === 'adult') {
    found.push(alert('adult-item-for-juvenile', 'L18'))
  }
  return found
}

/** L6, L22, L29, each for itself: an item that the reader has already counts already. */
function limitFindings({ policy, loan }: Facts, reader: Reader, item: Item, ctx: Ctx): Finding[] {
  if (loan?.readerId === reader.id) return []
  const category = policy.readerCategories.find((one) => one.id === reader.category)
  const limit = category?.itemsMax ?? 0
  const permission = 'override-limits'
  const needsSecond = (over: number): boolean => over >= policy.itemRules.overLimitAloneMax
  const found: Finding[] = []
  const openCount = openForHome(reader)
  if (openCount >= limit) {
    const params = { count: openCount, limit, category: reader.category }
    const exception = isOverridden(ctx, 'item-limit-reached') ? null : 'limit-exceeded'
    const needsSecondPerson = needsSecond(openCount - limit)
    const parts = { params, permission, exception, needsSecondPerson } as const
    found.push(override('item-limit-reached', 'L6', parts))
  }
  const of = classOf(item)
  const ofClass = category?.maxByClass[of] ?? null
  const count = openOfClass(reader, of)
  if (ofClass === null || count < ofClass) return found
  const params = { loanClass: of, count, limit: ofClass, category: reader.category }
  const exception = isOverridden(ctx, 'class-limit-reached') ? null : 'limit-exceeded'
  const needsSecondPerson = needsSecond(count - ofClass)
  const parts = { params, permission, exception, needsSecondPerson } as const
  return [...found, override('class-limit-reached', 'L22', parts)]
}

/**
 * L2: a desk holds the readers of its own service point, so a card it does not know may be good.
 * The city tells every desk which cards are not, by their hashes.
 */
function unknownCardFindings({ unknownCardBlockedUntilOn: until }: Facts, ctx: Ctx): Finding[] {
  const exception = 'unknown-reader'
  const found = [override('unknown-reader', 'L2', { permission: 'override-limits', exception })]
  if (until !== null && until >= ctx.today) {
    found.push(impossible('card-blocked-in-city', 'L20', { params: { until } }))
  }
  return found
}

/** L2: nothing is known of the reader yet, so no limit or date of theirs speaks; one exception is enough. */
const stillUnknown = (ctx: Ctx): Finding =>
  override('unknown-reader', 'L2', {
    permission: 'override-limits',
    exception: isOverridden(ctx, 'unknown-reader') ? null : 'unknown-reader',
  })

export function itemFindings(facts: Facts, ctx: Ctx): Finding[] {
  const { item } = facts
  if (item === null) {
    return [override('unknown-item', 'L1', { permission: 'circulate', exception: 'unknown-item' })]
  }
  const found: Finding[] = []
  if (facts.isBarcodeAmbiguous) found.push(impossible('barcode-ambiguous', 'L1'))
  if (item.state === 'withdrawn') {
    found.push(impossible('item-withdrawn', 'L10', { exception: 'item-lost-or-withdrawn' }))
  }
  if (!item.isForLoan) {
    const exception = isOverridden(ctx, 'item-not-for-loan') ? null : 'rule-broken'
    found.push(override('item-not-for-loan', 'L9', { permission: 'override-limits', exception }))
  }
  if (item.state === 'lost') found.push(alert('item-was-lost', 'L11'))
  if (item.state === 'in-transit') found.push(alert('item-in-transit', 'L17'))
  if (item.condition === 'damaged') {
    found.push(note('item-damaged', 'L12', { params: { note: item.conditionNote ?? '' } }))
  }
  return found
}
