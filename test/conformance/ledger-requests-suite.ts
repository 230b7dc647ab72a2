/** Requests that a desk called done and the ordering authority refuses, over any store. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { put } from '../../domain/change.ts'
import type { LedgerException } from '../../domain/records.ts'
import { branchScope } from '../../domain/scopes.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import { HoldId } from '../../domain/words/ids.ts'
import { accept } from '../../server/ledger/accept.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import {
  BRANCH,
  NOW,
  aHold,
  aLoan,
  aReader,
  aStaff,
  aTitle,
  anItem,
  theCity,
} from '../builders/city.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import type { DeskLog } from '../builders/desk-log.ts'
import { enrolDevice } from './enrolled-device.ts'

const HOUR = 3_600_000
const lent = anItem({ state: 'on-loan', openLoanId: 'loan-1' })
const promised = { dueOn: CalendarDate.parse('2026-12-20') }
const full = aReader({ openLoansCount: 1, openHoldsCount: 4 })
const asking = (title: string) => ({
  title,
  item: null,
  card: full.cardNumber,
  pickupBranch: BRANCH,
  neededByOn: null,
})

export function ledgerRequestsSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage
  let a: DeskLog
  let b: DeskLog

  beforeEach(async () => {
    storage = await open()
    const others = aHold({ id: HoldId.parse('hold-9'), readerId: 'reader-9' })
    const titles = ['title-1', 'title-2', 'title-3'].map((id) => put('title', aTitle({ id })))
    const copies = ['2', '3'].map((at) =>
      put(
        'item',
        anItem({ id: `item-${at}`, titleId: `title-${at}`, barcode: `0440051000000${at}` }),
      ),
    )
    const circulating = [put('item', lent), put('loan', aLoan()), put('hold', others)]
    const head = put('staff', aStaff({ id: 'staff-head', username: 'wu', role: 'branch-head' }))
    const rows = [head, ...titles, ...copies, put('reader', full), ...circulating]
    await storage.seed([...theCity(), ...rows], false)
    for (const device of ['desk-a', 'desk-b']) await enrolDevice(storage, device)
    a = openDeskLog('desk-a')
    b = openDeskLog('desk-b')
  })
  afterEach(async () => {
    await storage.close()
  })

  const push = async (operation: ReturnType<DeskLog['next']>, deviceId: string) => {
    const { outcomes } = await accept(storage, deviceId, [operation], NOW + HOUR)
    return outcomes[0]
  }
  const exception = async (id: string) => (await storage.get('exception', id)) as LedgerException

  test('E11 a renewal: nothing moved, its branch is told once, whatever is sent again', async () => {
    const scope = branchScope(BRANCH)
    const before = (await storage.heads())[scope] ?? 0
    const operation = a.next('loan.renew', { loan: 'loan-1' }, { promised })
    const first = await push(operation, 'desk-a')
    expect(first).toMatchObject({ outcome: 'refused', positions: { [scope]: before + 1 } })
    expect(await storage.get('loan', 'loan-1')).toEqual(aLoan())
    expect(await exception('desk-a.1.1.x-request-refused')).toMatchObject({
      kind: 'request-refused',
      branchId: BRANCH,
      operationKind: 'loan.renew',
      settledAt: null,
      rules: ['E11', 'N7'],
    })
    expect(await push(operation, 'desk-a')).toEqual(first)
    expect((await storage.heads())[scope]).toBe(before + 1)
  })

  test('I28 a return in the same batch is charged by the slip', async () => {
    const late = NOW + 20 * 24 * HOUR
    const operations = [
      a.next('loan.renew', { loan: 'loan-1' }, { promised }),
      a.next('loan.check-in', { barcode: lent.barcode, returnedOn: null }, { wallMs: late }),
    ]
    const { outcomes } = await accept(storage, 'desk-a', operations, late + HOUR)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'applied'])
    expect(await storage.get('reader', full.id)).toMatchObject({ feesOwedFen: 0 })
  })

  test('H2, E12 the sixth hold from two desks is not lost: placed anyway by one key', async () => {
    expect(await push(a.next('hold.place', asking('title-2')), 'desk-a')).toMatchObject({
      outcome: 'applied',
    })
    expect(await push(b.next('hold.place', asking('title-3')), 'desk-b')).toMatchObject({
      outcome: 'refused',
    })
    const settling = {
      exception: 'desk-b.1.1.x-request-refused',
      settlement: 'placed-anyway',
      comment: null,
    } as const
    expect(
      await push(a.next('exception.settle', settling, { staff: 'staff-head' }), 'desk-a'),
    ).toMatchObject({ outcome: 'applied' })
    expect(await storage.get('hold', 'desk-a.1.2.r1')).toMatchObject({ titleId: 'title-3' })
    expect(await storage.get('reader', full.id)).toMatchObject({ openHoldsCount: 6 })
  })

  test('U6 taken back by its own desk, it waits for nobody', async () => {
    await push(a.next('hold.place', asking('title-2')), 'desk-a')
    await push(b.next('hold.place', asking('title-3')), 'desk-b')
    const undoing = { operation: 'desk-b.1.1', reason: null }
    expect(await push(b.next('operation.undo', undoing), 'desk-b')).toMatchObject({
      outcome: 'applied',
    })
    expect(await exception('desk-b.1.1.x-request-refused')).toMatchObject({
      settlement: 'accepted',
    })
  })
}
