/** Issues become one volume; or their loose copies go. Rules J9, J10, J13. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import type { Change } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { alert, defineOperation, impossible, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { Item } from '../records.ts'
import { aboutSerial } from '../serial-facts.ts'
import type { SerialIssue } from '../serial-records.ts'
import { HELD_ORDINAL_MAX, heldBy, isHeld } from '../serials/held-issues.ts'
import { Ordinal } from '../serials/pattern-shapes.ts'
import { SubscriptionId } from '../words/ids.ts'
import { PlainText } from '../words/plain-text.ts'
import { aboutNothing, placeFindings } from './about-serial.ts'
import { placeholderItem } from './placeholders.ts'

const Ordinals = z.array(Ordinal).min(1).max(HELD_ORDINAL_MAX)

const Binding = z.strictObject({
  subscription: SubscriptionId,
  ordinals: Ordinals,
  barcode: PlainText(64).min(1),
  callNumber: Item.shape.callNumber,
  /** What the binding cost, and so what the volume is worth; null: not told. */
  priceFen: Item.shape.priceFen,
})

const BindSummary = z.strictObject({ itemId: z.string(), issuesCount: z.int() })

export const bindIssues = defineOperation({
  kind: 'serial.bind',
  // The volume is there, with its label on.
  evidence: 'physical',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Binding,
  summary: BindSummary,
  subject: ({ subscription, ordinals, barcode }) =>
    aSubject({
      barcodes: [barcode],
      serial: aboutSerial({ subscriptionId: subscription, ordinals }),
    }),
  decide(facts, payload, ctx) {
    const volume = boundVolume(payload, facts, ctx)
    const known = facts.itemsByBarcode.get(payload.barcode) ?? null
    const isTaken = known !== null && known.id !== volume.id
    const bound = boundIssues(facts, payload.ordinals)
    const findings = [
      ...placeFindings(facts, ctx),
      ...(isTaken
        ? [impossible('barcode-taken', 'J9', { params: { barcode: payload.barcode } })]
        : []),
      ...bindFindings(facts, payload.ordinals, bound),
    ]
    const changes = isTaken
      ? []
      : [put('item', volume), ...bound.flatMap((issue) => intoVolume(issue, volume, facts))]
    return {
      findings,
      changes,
      summary: { itemId: known?.id ?? volume.id, issuesCount: bound.length },
      about: { itemId: known?.id ?? volume.id, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})

const boundIssues = ({ serial: { issues } }: Facts, ordinals: readonly number[]): SerialIssue[] =>
  ordinals.flatMap((ordinal) => {
    const issue = issues.get(ordinal)
    return issue !== undefined && issue.copiesCount > 0 && issue.boundItemId === null ? [issue] : []
  })

/** The copy that goes in: one without a label where there is one, else one that nobody has. */
function labelledCopy({ copiesCount, itemIds }: SerialIssue, facts: Facts): Item | null {
  if (itemIds.length < copiesCount) return null
  return copiesOf(itemIds, facts).find(({ openLoanId }) => openLoanId === null) ?? null
}

const copiesOf = (itemIds: SerialIssue['itemIds'], { serial }: Facts): Item[] =>
  itemIds.flatMap((id) => serial.items.get(id) ?? [])

const gone = { state: 'withdrawn', isForLoan: false } as const

function intoVolume(issue: SerialIssue, volume: Item, facts: Facts): Change[] {
  const copy = labelledCopy(issue, facts)
  const news = {
    state: 'bound',
    boundItemId: volume.id,
    itemIds: issue.itemIds.filter((id) => id !== copy?.id),
  } as const
  return [
    patch('serial-issue', issue.id, news, { copiesCount: -1 }),
    ...(copy === null ? [] : [patch('item', copy.id, gone)]),
  ]
}

function bindFindings(
  facts: Facts,
  ordinals: readonly number[],
  bound: readonly SerialIssue[],
): Finding[] {
  const found: Finding[] = []
  const already = ordinals.filter(
    (ordinal) => (facts.serial.issues.get(ordinal)?.boundItemId ?? null) !== null,
  )
  const absent = ordinals.length - bound.length - already.length
  const lent = bound.filter(
    (issue) => issue.itemIds.length >= issue.copiesCount && labelledCopy(issue, facts) === null,
  )
  if (bound.length === 0) found.push(impossible('no-loose-copies', 'J9'))
  if (already.length > 0) found.push(impossible('issue-bound', 'J9'))
  if (absent > 0) found.push(alert('volume-incomplete', 'J9', { params: { count: absent } }))
  if (lent.length > 0) found.push(onLoan('J9', lent.length))
  return found
}

const onLoan = (rule: 'J9' | 'J10', count: number): Finding =>
  impossible('issue-on-loan', rule, { params: { count } })

function boundVolume(
  { barcode, callNumber, priceFen }: z.infer<typeof Binding>,
  facts: Facts,
  ctx: Ctx,
): Item {
  const { subscription, title } = facts.serial
  return {
    ...placeholderItem(barcode, facts, ctx),
    titleId: subscription?.titleId ?? null,
    isPlaceholder: subscription === null,
    callNumber,
    shelf: subscription?.shelf ?? null,
    itemType: 'periodical',
    language: title?.language ?? null,
    audience: title?.audience ?? 'general',
    priceFen,
    // Bound volumes are read in the building; a branch that lends them says so on the item.
    isForLoan: false,
  }
}

const Discard = z.strictObject({ subscription: SubscriptionId, ordinals: Ordinals })
const DiscardSummary = z.strictObject({ subscriptionId: z.string(), copiesCount: z.int() })

export const discardIssues = defineOperation({
  kind: 'serial.discard',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Discard,
  summary: DiscardSummary,
  subject: ({ subscription, ordinals }) =>
    aSubject({ serial: aboutSerial({ subscriptionId: subscription, ordinals, ofCity: true }) }),
  decide(facts, { subscription, ordinals }, ctx) {
    const loose = ordinals.flatMap((ordinal) => {
      const issue = facts.serial.issues.get(ordinal)
      return issue !== undefined && issue.copiesCount > 0 ? [issue] : []
    })
    const lent = loose.filter(({ itemIds }) =>
      copiesOf(itemIds, facts).some(({ openLoanId }) => openLoanId !== null),
    )
    return {
      findings: [
        ...placeFindings(facts, ctx),
        ...(loose.length === 0 ? [impossible('no-loose-copies', 'J10')] : []),
        ...(lent.length === 0 ? [] : [onLoan('J10', lent.length)]),
        ...lastCopyFindings(facts, loose),
      ],
      changes: loose.flatMap((issue) => thrownAway(issue, facts)),
      summary: {
        subscriptionId: subscription,
        copiesCount: loose.reduce((sum, { copiesCount }) => sum + copiesCount, 0),
      },
      about: aboutNothing,
    }
  },
})

function thrownAway(issue: SerialIssue, facts: Facts): Change[] {
  const isBound = issue.boundItemId !== null
  const state = isBound ? ('bound' as const) : ('discarded' as const)
  const news = { state, itemIds: [] }
  return [
    patch('serial-issue', issue.id, news, { copiesCount: -issue.copiesCount }),
    ...copiesOf(issue.itemIds, facts).map(({ id }) => patch('item', id, gone)),
    ...(isBound
      ? []
      : [
          patch(
            'subscription',
            issue.subscriptionId,
            {},
            heldBy(issue.ordinal, issue.lastOrdinal, -1),
          ),
        ]),
  ]
}

/** J10: nobody else in the city keeps it. */
function lastCopyFindings(
  { serial: { subscription, ofCity } }: Facts,
  loose: readonly SerialIssue[],
): Finding[] {
  const others = ofCity.filter(({ id }) => id !== subscription?.id)
  const last = loose.filter(
    ({ ordinal, boundItemId }) =>
      // Of a daily the city is not told what is kept beyond this.
      ordinal <= HELD_ORDINAL_MAX &&
      boundItemId === null &&
      !others.some((other) => isHeld(other, ordinal)),
  )
  if (last.length === 0) return []
  const params = { count: last.length, numbers: last.map(({ number }) => number).join(' ') }
  return [override('last-copy', 'J10', { params, permission: 'review-records' })]
}
