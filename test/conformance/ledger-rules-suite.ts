/** The rules of the city at the ordering authority, and where people and desks belong, over any store. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PushedOperation } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import type { Item, LedgerException, Loan, Policy } from '../../domain/records.ts'
import { accept } from '../../server/ledger/accept.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { NOW, OTHER_BRANCH, aReader, aStaff, anItem, theCity } from '../builders/city.ts'
import { openDeskLog } from '../builders/desk-log.ts'
import type { DeskLog } from '../builders/desk-log.ts'
import { enrolDevice } from './enrolled-device.ts'

const BOOK = anItem().barcode
const OTHER_BOOK = '04400510000002'
const CARD = aReader().cardNumber
const BLOCKED_CARD = '0440050000033'
const HOUR = 3_600_000

const lending = (barcode = BOOK, card = CARD) => ({ barcode, card, dueOn: null })
const head = { role: 'branch-head' } as const
const there = { branchIds: [OTHER_BRANCH] }

export function ledgerRulesSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage
  let desk: DeskLog
  let otherDesk: DeskLog

  beforeEach(async () => {
    storage = await open()
    const blocked = { blockedUntilOn: '2027-01-01', blockedFor: ['lend' as const] }
    await storage.seed(
      [
        ...theCity(),
        put('staff', aStaff({ id: 'staff-head', username: 'head', ...head })),
        put('staff', aStaff({ id: 'staff-there', username: 'there', ...there })),
        put('staff', aStaff({ id: 'staff-head-there', username: 'ht', ...head, ...there })),
        put('item', anItem()),
        put('item', anItem({ id: 'item-2', barcode: OTHER_BOOK })),
        put('reader', aReader()),
        put('reader', aReader({ id: 'reader-3', cardNumber: BLOCKED_CARD, ...blocked })),
      ],
      false,
    )
    await enrolDevice(storage, 'desk-a')
    await enrolDevice(storage, 'desk-b')
    desk = openDeskLog('desk-a')
    otherDesk = openDeskLog('desk-b')
  })
  afterEach(async () => {
    await storage.close()
  })

  const push = (operations: PushedOperation[], deviceId = 'desk-a') =>
    accept(storage, deviceId, operations, NOW + HOUR)
  const item = async (id = 'item-1') => (await storage.get('item', id)) as Item
  const loan = async (id: string) => (await storage.get('loan', id)) as Loan
  const exception = async (id: string) => (await storage.get('exception', id)) as LedgerException
  const outcomes = ({ outcomes }: Awaited<ReturnType<typeof push>>) =>
    outcomes.map(({ outcome }) => outcome)

  describe('where people and desks belong', () => {
    test('B1 a fact of staff from elsewhere is kept with an exception, a request refused', async () => {
      const given = { staff: 'staff-there' }
      const lent = desk.next('loan.check-out', lending(), given)
      const wish = desk.next('loan.renew', { loan: 'desk-a.1.1.r1' }, given)
      expect(outcomes(await push([lent, wish]))).toEqual(['applied-with-exception', 'refused'])
      expect(await exception('desk-a.1.1.x-rule-broken')).toMatchObject({ rules: ['B1'] })
      expect((await item()).openLoanId).toBe('desk-a.1.1.r1')
      expect(await loan('desk-a.1.1.r1')).toMatchObject({ renewalsCount: 0 })
    })

    test('B1 a second person from elsewhere answers for nothing', async () => {
      const overrides = [
        { code: 'reader-blocked', reason: '已核实', approvedBy: 'staff-head-there' },
      ]
      const lent = desk.next('loan.check-out', lending(BOOK, BLOCKED_CARD), { overrides })
      expect(outcomes(await push([lent]))).toEqual(['applied-with-exception'])
      expect(await exception('desk-a.1.1.x-reader-blocked')).toMatchObject({ rules: ['L4'] })
    })

    test('B2 a desk that names another branch takes nothing back there, and its facts stand out', async () => {
      await enrolDevice(storage, 'desk-c', 'key', OTHER_BRANCH)
      const far = openDeskLog('desk-c')
      await push([far.next('loan.check-out', lending(), { branch: OTHER_BRANCH })], 'desk-c')
      const given = { branch: OTHER_BRANCH }
      const undo = desk.next('operation.undo', { operation: 'desk-c.1.1', reason: null }, given)
      const lent = desk.next('loan.check-out', lending(OTHER_BOOK), given)
      expect(outcomes(await push([undo, lent]))).toEqual(['refused', 'applied-with-exception'])
      expect((await item()).openLoanId).toBe('desk-c.1.1.r1')
      expect(await exception('desk-a.1.2.x-rule-broken')).toMatchObject({ rules: ['B2'] })
    })
  })

  describe('the rules of the city', () => {
    const lineOf = (id: string) => {
      const found = shenzhenPolicy.loanRules.find((one) => one.id === id)
      if (found === undefined) throw new Error(id)
      return found
    }
    const [av, periodical] = [lineOf('av-21'), lineOf('periodical-21')]
    const byHead = { staff: 'staff-head' }
    const policy = async () => (await storage.get('policy', 'city')) as Policy
    const daysOf = async (id: string) =>
      (await policy()).loanRules.find((one) => one.id === id)?.loanDays

    test('P9 two desks change two lines at once: both stand, two versions further', async () => {
      await Promise.all([
        push([desk.next('policy.set-line', { line: { ...av, loanDays: 7 }, from: av }, byHead)]),
        push(
          [
            otherDesk.next(
              'policy.set-line',
              { line: { ...periodical, loanDays: 9 }, from: periodical },
              byHead,
            ),
          ],
          'desk-b',
        ),
      ])
      expect([await daysOf('av-21'), await daysOf('periodical-21')]).toEqual([7, 9])
      expect((await policy()).version).toBe(shenzhenPolicy.version + 2)
    })

    test('E9, P9 two desks change one line: the first stays, the second is an exception', async () => {
      const to = (loanDays: number) => ({ line: { ...av, loanDays }, from: av })
      await push([desk.next('policy.set-line', to(7), byHead)])
      const second = [otherDesk.next('policy.set-line', to(9), byHead)]
      expect(outcomes(await push(second, 'desk-b'))).toEqual(['applied-with-exception'])
      expect(await daysOf('av-21')).toBe(7)
      expect(await exception('desk-b.1.1.x-edit-conflict')).toMatchObject({ rules: ['E9'] })
    })

    test('P9 not by whoever has no right to it', async () => {
      const line = { line: { ...av, loanDays: 7 }, from: av }
      expect(outcomes(await push([desk.next('policy.set-line', line)]))).toEqual(['quarantined'])
      expect(await daysOf('av-21')).toBe(21)
    })
  })
}
