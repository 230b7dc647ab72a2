/** An item put into the street kiosk where its reader collects it. Rules H13 and H14 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import type { Facts } from '../facts.ts'
import { placeInHistory } from '../item-history.ts'
import { alert, defineOperation, impossible, note } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Branch, Item } from '../records.ts'
import { PlainText } from '../words/plain-text.ts'
import { promisedHold, returnSubject } from './check-in.ts'
import { whereBy } from './item-route.ts'
import type { Route } from './item-route.ts'
import { HoldSlip, holdChanges, keptFor, kioskOf, slipOf, trappingOf } from './trap-hold.ts'
import type { Trapping } from './trap-hold.ts'

const Payload = z.strictObject({ barcode: PlainText(64).min(1) })

const Summary = z.strictObject({
  itemId: z.string().nullable(),
  titleId: z.string().nullable(),
  /** Null where it is for none that this branch loads. */
  kioskId: z.string().nullable(),
  hold: HoldSlip.nullable(),
})

/** Waits like what stands on the shelf of the branch that loads it: a kiosk has no desk to hear of it. */
const kept: Route = { to: 'hold-shelf', branchId: null, shelf: null }

export const loadKiosk = defineOperation({
  kind: 'hold.load-kiosk',
  evidence: 'physical',
  permission: 'circulate',
  audit: 'circulation',
  payload: Payload,
  summary: Summary,
  subject: returnSubject,
  decide(facts, _payload, ctx) {
    const { item } = facts
    const about = { itemId: item?.id ?? null, readerId: null, loanId: null, otherLoanId: null }
    if (item === null) {
      const summary = { itemId: null, titleId: null, kioskId: null, hold: null }
      return { findings: [impossible('unknown-item', 'H14')], changes: [], summary, about }
    }
    const { holdOfItem } = facts.holds
    const trapping = trappingOf(facts, item, holdOfItem, ctx)
    const kiosk = kioskHere(facts, trapping, ctx)
    const inKiosk = kiosk === null ? ctx : { ...ctx, branchId: kiosk.id as string }
    const hold = kiosk === null ? null : slipOf(facts, trapping, inKiosk)
    const isLoaded = (kiosk !== null || trapping.is === 'clash') && !isElsewhere(item, ctx)
    return {
      findings: loadFindings(facts, item, { trapping, kiosk, hold }),
      changes: isLoaded
        ? [
            patch('item', item.id, {
              ...whereBy(kept, item, ctx),
              lastCheckInAt: placeInHistory(ctx),
              ...keptFor(item, trapping),
            }),
            ...holdChanges(facts, item, holdOfItem, trapping, inKiosk),
          ]
        : [],
      summary: {
        itemId: item.id,
        titleId: item.titleId,
        kioskId: kiosk?.id ?? null,
        hold,
      },
      about,
    }
  },
  promises: promisedHold,
})

/** Of those that this branch loads. */
function kioskHere(facts: Facts, trapping: Trapping, ctx: Ctx): Branch | null {
  if (trapping.is === 'none' || trapping.is === 'clash') return null
  const kiosk = kioskOf(facts, trapping.hold)
  return kiosk?.servedByBranchId === ctx.branchId ? kiosk : null
}

/** With a reader, or seen again since: it is in the kiosk no more. */
const isElsewhere = (item: Item, ctx: Ctx): boolean =>
  item.openLoanId !== null || (item.lastCheckInAt ?? 0) > placeInHistory(ctx)

interface Loading {
  readonly trapping: Trapping
  readonly kiosk: Branch | null
  readonly hold: HoldSlip | null
}

function loadFindings(facts: Facts, item: Item, { trapping, kiosk, hold }: Loading): Finding[] {
  if (facts.isBarcodeAmbiguous) return [impossible('barcode-ambiguous', 'L1')]
  if (item.openLoanId !== null) {
    const params = { dueOn: '', reader: '' }
    const exception = trapping.is === 'clash' ? 'hold-clash' : null
    return [impossible('item-on-loan', 'H8', { params, exception })]
  }
  if (trapping.is === 'clash') {
    return [alert('hold-filled-meanwhile', 'H8', { exception: 'hold-clash' })]
  }
  if (kiosk === null) return [impossible('not-for-kiosk', 'H14')]
  const names = { branchZh: kiosk.nameZh, branchEn: kiosk.nameEn }
  return [note('hold-in-kiosk', 'H14', { params: { ...names, until: hold?.keepUntilOn ?? '' } })]
}
