/**
 * The record behind a scan that nobody knew, or that named the wrong item, is found: what was kept
 * under a placeholder moves to it. Rules E6 and E7.
 */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import { finders } from '../gathering.ts'
import type { Facts } from '../facts.ts'
import { alert, defineOperation, impossible, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { PlainText } from '../words/plain-text.ts'
import type { Item, LedgerException } from '../records.ts'
import { clashing, settlementsFor } from '../settlements.ts'
import { maskedName } from '../words/masked-name.ts'
import { ExceptionId } from '../words/ids.ts'
import { bindItem } from './bind-item.ts'
import { bindReader } from './bind-reader.ts'
import { closeLoan, endOfLoan } from './close-loan.ts'
import { isPlaceholderReader } from './placeholders.ts'
import { aboutException, settled } from './settle-exception.ts'

const Payload = z.strictObject({
  exception: ExceptionId,
  /** The label that was meant; null where it was a card. */
  barcode: PlainText(64).min(1).nullable(),
  card: PlainText(64).min(1).nullable(),
  comment: PlainText(500).nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({
  exceptionId: z.string(),
  itemId: z.string().nullable(),
  readerId: z.string().nullable(),
})

interface Outcome {
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
}
const refused = (finding: Finding): Outcome => ({ findings: [finding], changes: [] })

export const bindException = defineOperation({
  kind: 'exception.bind',
  evidence: 'intent',
  permission: 'settle-exceptions',
  audit: 'exception',
  payload: Payload,
  summary: Summary,
  subject: ({ exception, barcode, card }) =>
    aSubject({ exceptionId: exception, binding: { barcode, card } }),
  decide(facts, payload, ctx) {
    const { exception, binding } = facts
    const summary = {
      exceptionId: payload.exception as string,
      itemId: (binding?.item?.id ?? null) as string | null,
      readerId: (binding?.reader?.id ?? null) as string | null,
    }
    const about = aboutException(exception)
    if (exception === null)
      return { ...refused(impossible('unknown-exception', 'E1')), summary, about }
    if (exception.settledAt !== null) {
      return { ...refused(impossible('already-settled', 'E2')), summary, about }
    }
    return { ...outcomeOf(facts, exception, payload, ctx), summary, about }
  },
})

function outcomeOf(facts: Facts, exception: LedgerException, payload: Payload, ctx: Ctx): Outcome {
  const isReader = exception.kind === 'unknown-reader'
  if (isReader && payload.card !== null) return toReader(facts, exception, payload, ctx)
  if (!isReader && payload.barcode !== null) {
    const target = targetItem(facts)
    if ('code' in target) return refused(target)
    if (exception.kind === 'unknown-item') return toItem(facts, exception, target, payload, ctx)
    if (exception.kind === 'open-loan-other') {
      return toOtherItem(facts, exception, target, payload, ctx)
    }
  }
  return refused(impossible('nothing-to-bind', 'E6'))
}

function targetItem({ binding }: Facts): Item | Finding {
  const target = binding?.item ?? null
  if (target === null) return impossible('unknown-item', 'E6')
  if (binding?.isBarcodeAmbiguous === true) return impossible('barcode-ambiguous', 'E6')
  return target.isPlaceholder ? impossible('bound-to-placeholder', 'E6') : target
}

function toItem(
  facts: Facts,
  exception: LedgerException,
  target: Item,
  { comment }: Payload,
  ctx: Ctx,
): Outcome {
  const { item: placeholder, binding } = facts
  const isKnown = placeholder !== null && placeholder.id === exception.itemId
  const isWhole = (binding?.loans.length ?? 0) < finders.loansOfItem.limit
  if (binding === null || !isKnown || !placeholder.isPlaceholder || !isWhole) {
    return refused(impossible('nothing-to-bind', 'E6'))
  }
  const { changes, clash } = bindItem({ facts, binding, placeholder, target, exception, ctx })
  if (clash === null) {
    return { findings: [], changes: [...changes, settled(exception, 'bound', comment, ctx)] }
  }
  const reader = binding.readers.get(binding.itemLoan?.readerId ?? '')
  const params = { reader: maskedName(reader?.name ?? ''), dueOn: binding.itemLoan?.dueOn ?? '' }
  const goesOn = patch('exception', exception.id, {
    kind: 'open-loan-other',
    itemId: target.id,
    readerId: clash.second.readerId,
    loanId: clash.second.id,
    otherLoanId: clash.first.id,
  })
  return {
    findings: [override('would-be-lent-twice', 'E7', { params, permission: 'settle-exceptions' })],
    changes: [...changes, goesOn],
  }
}

/** The later of two loans was of another item: the scanner, or a wrong label, named this one. */
function toOtherItem(
  facts: Facts,
  exception: LedgerException,
  target: Item,
  { comment }: Payload,
  ctx: Ctx,
): Outcome {
  const { first, second } = clashing(facts, exception)
  const doesFit = settlementsFor(exception, facts).includes('wrong-barcode')
  if (!doesFit || first === null || second === null || target.id === first.itemId) {
    return refused(impossible('settlement-does-not-fit', 'E3'))
  }
  if (target.openLoanId !== null) {
    const loan = facts.binding?.itemLoan ?? null
    const name = facts.binding?.readers.get(loan?.readerId ?? '')?.name ?? ''
    const params = { reader: maskedName(name), dueOn: loan?.dueOn ?? '' }
    return refused(impossible('would-be-lent-twice', 'E7', { params }))
  }
  const changes = [
    patch('loan', first.id, { isDisputed: false }),
    patch('item', first.itemId, { state: 'on-loan', openLoanId: first.id }),
    patch('loan', second.id, { itemId: target.id }),
  ]
  const backAt = target.lastCheckInAt
  if (backAt !== null && backAt > second.lentAt) {
    const loanReader = facts.loan?.id === second.id ? facts.loanReader : null
    changes.push(...closeLoan(endOfLoan({ ...facts, loanReader }, target, second, backAt), ctx))
  } else {
    changes.push(
      patch('item', target.id, {
        state: 'on-loan',
        openLoanId: second.id,
        atBranchId: second.lentBranchId,
        transitToBranchId: null,
      }),
    )
  }
  return { findings: [], changes: [...changes, settled(exception, 'wrong-barcode', comment, ctx)] }
}

function toReader(
  { binding }: Facts,
  exception: LedgerException,
  { comment }: Payload,
  ctx: Ctx,
): Outcome {
  const done = settled(exception, 'bound', comment, ctx)
  const target = binding?.reader ?? null
  const placeholder = binding?.placeholderReader ?? null
  if (target === null) {
    // A desk holds the readers of its own service point: the city may know the card.
    return ctx.isCity
      ? refused(impossible('unknown-reader', 'E6'))
      : { findings: [alert('unknown-reader', 'E6')], changes: [done] }
  }
  if (isPlaceholderReader(target)) return refused(impossible('bound-to-placeholder', 'E6'))
  const isWhole =
    (binding?.loans.length ?? 0) < finders.loansOfReader.limit &&
    (binding?.fees.length ?? 0) < finders.feesOfReader.limit
  if (binding === null || placeholder === null || !isPlaceholderReader(placeholder) || !isWhole) {
    return refused(impossible('nothing-to-bind', 'E6'))
  }
  return {
    findings: [],
    changes: [...bindReader({ binding, placeholder, target, exception, ctx }), done],
  }
}
