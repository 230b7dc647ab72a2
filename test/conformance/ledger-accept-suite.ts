/** The ordering authority with real operations, over any store. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PushedOperation } from '../../contract/sync-protocol.ts'
import { put } from '../../domain/change.ts'
import type { Item, LedgerException, Loan, Reader } from '../../domain/records.ts'
import { branchScope } from '../../domain/scopes.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import { accept } from '../../server/ledger/accept.ts'
import type { LedgerStorage } from '../../server/storage/ledger-storage.ts'
import { BRANCH, NOW, OTHER_BRANCH, aReader, aStaff, anItem, theCity } from '../builders/city.ts'
import { hashOf, openDeskLog } from '../builders/desk-log.ts'
import type { DeskLog } from '../builders/desk-log.ts'
import { enrolDevice } from './enrolled-device.ts'

const HERE = branchScope(BRANCH)
const BOOK = anItem().barcode
const OTHER_BOOK = '04400510000002'
const CARD = aReader().cardNumber
const OTHER_CARD = '0440050000025'
const BLOCKED_CARD = '0440050000033'
const HOUR = 3_600_000

const lending = (barcode = BOOK, card = CARD) => ({ barcode, card, dueOn: null })
const returning = (barcode = BOOK) => ({ barcode, returnedOn: null })

export function ledgerAcceptSuite(open: () => Promise<LedgerStorage>): void {
  let storage: LedgerStorage
  let desk: DeskLog
  let otherDesk: DeskLog

  beforeEach(async () => {
    storage = await open()
    await storage.seed(
      [
        ...theCity(),
        put('staff', aStaff({ id: 'staff-head', username: 'head', role: 'branch-head' })),
        put('staff', aStaff({ id: 'staff-left', username: 'left', isActive: false })),
        put('item', anItem()),
        put('item', anItem({ id: 'item-2', barcode: OTHER_BOOK })),
        put('reader', aReader()),
        put('reader', aReader({ id: 'reader-2', cardNumber: OTHER_CARD, name: '李红' })),
        put(
          'reader',
          aReader({
            id: 'reader-3',
            cardNumber: BLOCKED_CARD,
            blockedUntilOn: '2027-01-01',
            blockedFor: ['lend'],
          }),
        ),
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
  const reader = async (id = 'reader-1') => (await storage.get('reader', id)) as Reader
  const loan = async (id: string) => (await storage.get('loan', id)) as Loan
  const exception = async (id: string) => (await storage.get('exception', id)) as LedgerException
  const outcomes = ({ outcomes }: Awaited<ReturnType<typeof push>>) =>
    outcomes.map(({ outcome }) => outcome)

  test('a lending and a return are applied, numbered and told to all', async () => {
    const before = (await storage.heads())[HERE] ?? 0
    const lent = desk.next('loan.check-out', lending())
    const back = desk.next('loan.check-in', returning())
    const accepted = await push([lent, back])
    expect(outcomes(accepted)).toEqual(['applied', 'applied'])
    expect(accepted.outcomes.map(({ positions }) => positions[HERE])).toEqual([
      before + 1,
      before + 2,
    ])
    expect(await loan('desk-a.1.1.r1')).toMatchObject({ returnedAt: back.body.wallMs })
    expect(await item()).toMatchObject({ openLoanId: null, state: 'on-shelf' })
    expect((await reader()).openLoansCount).toBe(0)
    const { entries } = await storage.readFeed({ [HERE]: before }, 10, 1e6)
    expect(entries.map(({ operationId }) => operationId)).toEqual(['desk-a.1.1', 'desk-a.1.2'])
  })

  test('I28 the due date on the slip is kept, whatever the policy says by now', async () => {
    const promised = { dueOn: CalendarDate.parse('2026-11-30') }
    await push([desk.next('loan.check-out', lending(), { promised })])
    expect(await loan('desk-a.1.1.r1')).toMatchObject({ dueOn: '2026-11-30' })
  })

  test('the clock of the desk is corrected by what it measured', async () => {
    await push([desk.next('loan.check-out', lending(), { clockOffsetMs: -250.4 })])
    expect((await loan('desk-a.1.1.r1')).lentAt).toBe(NOW + 1 - 250)
  })

  describe('exactly once', () => {
    test('I2, I5 the same push again is answered the same and does nothing', async () => {
      const batch = [
        desk.next('loan.check-out', lending()),
        desk.next('loan.check-out', lending(OTHER_BOOK)),
      ]
      const first = await push(batch)
      const heads = await storage.heads()
      expect(await push(batch)).toEqual(first)
      expect(await storage.heads()).toEqual(heads)
      expect((await reader()).openLoansCount).toBe(2)
    })

    test('a lost reply: the old ones are answered again, the new one is taken', async () => {
      const old = desk.next('loan.check-out', lending())
      const first = await push([old])
      const again = await push([old, desk.next('loan.check-in', returning())])
      expect(again.outcomes[0]).toEqual(first.outcomes[0])
      expect(outcomes(again)).toEqual(['applied', 'applied'])
      expect((await item()).openLoanId).toBeNull()
    })

    test('the same operation twice in one push counts once', async () => {
      const lent = desk.next('loan.check-out', lending())
      expect(outcomes(await push([lent, lent]))).toEqual(['applied'])
      expect((await reader()).openLoansCount).toBe(1)
    })

    test('I3 a gap: what fits is taken and the missing one is asked for', async () => {
      const first = desk.next('loan.check-out', lending())
      const lost = desk.next('loan.check-in', returning())
      const third = desk.next('loan.check-out', lending(OTHER_BOOK))
      const accepted = await push([first, third])
      expect(outcomes(accepted)).toEqual(['applied'])
      expect(accepted).toMatchObject({ wants: 2, isFork: false })
      expect(outcomes(await push([lost, third]))).toEqual(['applied', 'applied'])
    })

    test('I4 another hash at a number is a fork: nothing is taken, a person is told', async () => {
      await push([desk.next('loan.check-out', lending())])
      const twin = openDeskLog('desk-a')
      const forked = [
        twin.next('loan.check-out', lending(OTHER_BOOK)),
        twin.next('loan.check-in', returning(OTHER_BOOK)),
      ]
      expect(await push(forked)).toEqual({ outcomes: [], wants: null, isFork: true })
      expect((await item('item-2')).openLoanId).toBeNull()
      expect(await exception('desk-a.1.1.x-device-fork')).toMatchObject({ kind: 'device-fork' })
      const heads = await storage.heads()
      expect((await push(forked)).isFork).toBe(true)
      expect(await storage.heads()).toEqual(heads)
      const anew = openDeskLog('desk-a', 2)
      expect(outcomes(await push([anew.next('loan.check-out', lending(OTHER_BOOK))]))).toEqual([
        'applied',
      ])
    })

    test('another history before the right number is a fork as well', async () => {
      await push([desk.next('loan.check-out', lending())])
      const twin = openDeskLog('desk-a')
      twin.next('loan.check-out', lending(OTHER_BOOK))
      expect((await push([twin.next('loan.check-in', returning())])).isFork).toBe(true)
    })
  })

  describe('I8 poison is quarantined and the queue goes on', () => {
    const good = () => desk.next('loan.check-out', lending())
    const poisons: [string, (log: DeskLog) => PushedOperation][] = [
      ['an unknown kind', (log) => log.raw({ kind: 'item.teleport' })],
      ['a version of another age', (log) => log.raw({ payload: returning(), version: 9 })],
      ['a payload that does not fit', (log) => log.raw({ payload: { barcode: 7 } })],
      ['a payload with a prototype', (log) => log.raw({ payload: JSON.parse('{"__proto__":{}}') })],
      ['a branch that is not there', (log) => log.raw({ payload: returning(), branch: 'gone' })],
      ['a branch that no store takes', (log) => log.raw({ payload: returning(), branch: 'a\0b' })],
      [
        'a person that no store takes',
        (log) => log.raw({ payload: returning(), staff: '\ud800\0' }),
      ],
      [
        'an intent of one who may not',
        (log) => log.raw({ kind: 'loan.renew', payload: { barcode: BOOK }, staff: 'staff-left' }),
      ],
    ]

    test.each(poisons)('%s', async (_name, poison) => {
      const batch = [good(), poison(desk), desk.next('loan.check-in', returning())]
      const accepted = await push(batch)
      expect(outcomes(accepted)).toEqual(['applied', 'quarantined', 'applied'])
      expect(await exception('desk-a.1.2.x-quarantined')).toMatchObject({
        kind: 'quarantined',
        deviceId: 'desk-a',
      })
      expect(await item()).toMatchObject({ openLoanId: null })
      expect(await push(batch)).toEqual(accepted)
    })

    test('an altered body: its number is taken, so that the next one follows on', async () => {
      const lent = good()
      const altered = { ...lent, body: { ...lent.body, payload: lending(OTHER_BOOK) } }
      const accepted = await push([altered, desk.next('loan.check-in', returning(OTHER_BOOK))])
      expect(outcomes(accepted)[0]).toBe('quarantined')
      expect(hashOf(altered.body)).not.toBe(altered.hash)
      expect((await item('item-2')).openLoanId).toBeNull()
      expect(accepted.outcomes).toHaveLength(2)
    })
  })

  describe('a fact that clashes is recorded and opens an exception', () => {
    test('L7 I21 lent elsewhere: both loans stay, the first one disputed', async () => {
      await push([desk.next('loan.check-out', lending())])
      const late = otherDesk.next('loan.check-out', lending(BOOK, OTHER_CARD))
      expect(outcomes(await push([late], 'desk-b'))).toEqual(['applied-with-exception'])
      expect(await loan('desk-a.1.1.r1')).toMatchObject({ isDisputed: true, returnedAt: null })
      expect((await item()).openLoanId).toBe('desk-b.1.1.r1')
      expect(await exception('desk-b.1.1.x-open-loan-other')).toMatchObject({
        rules: ['L7'],
        loanId: 'desk-b.1.1.r1',
        otherLoanId: 'desk-a.1.1.r1',
        happenedAt: NOW + 1,
        openedAt: NOW + HOUR,
        evidence: { other: { operationId: 'desk-a.1.1', staffId: 'staff-lin', at: NOW + 1 } },
      })
    })

    test('E8 a due date told under a suspect clock that is days behind', async () => {
      const told = { isClockSuspect: true, factsAgeMs: 5, wallMs: NOW - 48 * HOUR }
      const pushed = desk.next('loan.check-out', lending(), told)
      expect(outcomes(await push([pushed]))).toEqual(['applied-with-exception'])
      expect(await exception('desk-a.1.1.x-clock-suspect')).toMatchObject({
        rules: ['E8'],
        evidence: { staffId: 'staff-lin', factsAgeMs: 5, isClockSuspect: true, other: null },
      })
    })

    test('E14 a clock behind says nothing against what its desk knew', async () => {
      const lent = desk.next('loan.check-out', lending())
      const told = { isClockSuspect: true, wallMs: NOW - HOUR, knewAt: NOW + 1 }
      const back = desk.next('loan.check-in', returning(), told)
      const again = desk.next('loan.check-out', lending(), told)
      expect(outcomes(await push([lent, back, again]))).toEqual(['applied', 'applied', 'applied'])
      expect(await loan('desk-a.1.1.r1')).toMatchObject({ returnedAt: NOW + 1 })
      expect(await loan('desk-a.1.3.r1')).toMatchObject({ lentAt: NOW + 1, returnedAt: null })
      expect((await item()).openLoanId).toBe('desk-a.1.3.r1')
    })

    test.each([
      ['the return says so', {}, { isClockSuspect: true }],
      ['the lending said so', { isClockSuspect: true }, {}],
    ])('E14 a return ends nothing, and %s: a person looks', async (_says, of, ofOther) => {
      await push([desk.next('loan.check-out', lending(), of)])
      const back = otherDesk.next('loan.check-in', returning(), {
        wallMs: NOW - HOUR,
        knewAt: 0,
        ...ofOther,
      })
      expect(outcomes(await push([back], 'desk-b'))).toEqual(['applied-with-exception'])
      expect((await loan('desk-a.1.1.r1')).returnedAt).toBeNull()
      expect(await exception('desk-b.1.1.x-clock-suspect')).toMatchObject({
        rules: ['E14'],
        itemId: 'item-1',
        evidence: { other: { operationId: 'desk-a.1.1' } },
      })
    })

    test('L4 lent to a reader who is blocked', async () => {
      await push([desk.next('loan.check-out', lending(BOOK, BLOCKED_CARD))])
      expect(await exception('desk-a.1.1.x-reader-blocked')).toMatchObject({ rules: ['L4'] })
      expect((await item()).openLoanId).toBe('desk-a.1.1.r1')
    })

    test('L1 lent with a label that nobody knows: a placeholder keeps the fact', async () => {
      const lent = desk.next('loan.check-out', lending('04400599999999'))
      const back = desk.next('loan.check-in', returning('04400599999999'))
      expect(outcomes(await push([lent, back]))[0]).toBe('applied-with-exception')
      expect(await exception('desk-a.1.1.x-unknown-item')).toMatchObject({ rules: ['L1'] })
      const [placeholder, second] = await storage.find('itemByBarcode', ['04400599999999'])
      expect(placeholder).toMatchObject({ isPlaceholder: true, openLoanId: null })
      expect(second).toBeUndefined()
    })

    const override = { code: 'reader-blocked', reason: '已核实', approvedBy: null }

    test('L4 an override by one who may leaves no exception', async () => {
      const lent = lending(BOOK, BLOCKED_CARD)
      const given = { overrides: [override], staff: 'staff-head' }
      expect(outcomes(await push([desk.next('loan.check-out', lent, given)]))).toEqual(['applied'])
    })

    test.each([
      ['L4 an override by one who may not', 'staff-lin'],
      ['L4 an override by one whom the city does not know', 'staff-nobody'],
      ['L4 an override by one who left', 'staff-left'],
    ])('%s counts for nothing', async (_name, staff) => {
      const lent = lending(BOOK, BLOCKED_CARD)
      const pushed = desk.next('loan.check-out', lent, { overrides: [override], staff })
      expect(outcomes(await push([pushed]))).toEqual(['applied-with-exception'])
    })

    test('L4 a second person is another person', async () => {
      const lent = lending(BOOK, BLOCKED_CARD)
      const by = (approvedBy: string) => ({ overrides: [{ ...override, approvedBy }] })
      const self = desk.next('loan.check-out', lent, by('staff-lin'))
      const head = desk.next('loan.check-out', lending(OTHER_BOOK, BLOCKED_CARD), by('staff-head'))
      expect(outcomes(await push([self, head]))).toEqual(['applied-with-exception', 'applied'])
    })
  })

  test('R8 a loan that arrives after its return is placed before it', async () => {
    const back = otherDesk.next('loan.check-in', returning(), { wallMs: NOW + 100 })
    await push([back], 'desk-b')
    const lent = desk.next('loan.check-out', lending(), { wallMs: NOW + 50 })
    await push([lent])
    expect(await loan('desk-a.1.1.r1')).toMatchObject({
      lentAt: NOW + 50,
      returnedAt: NOW + 100,
    })
    expect((await item()).openLoanId).toBeNull()
    expect((await reader()).openLoansCount).toBe(0)
  })

  describe('undo', () => {
    test('U3 takes an operation back, once', async () => {
      const lent = desk.next('loan.check-out', lending())
      const undo = { operation: 'desk-a.1.1', reason: null }
      const first = desk.next('operation.undo', undo)
      const second = desk.next('operation.undo', undo)
      expect(outcomes(await push([lent]))).toEqual(['applied'])
      expect(outcomes(await push([first, second]))).toEqual(['applied', 'refused'])
      expect(await item()).toEqual(anItem())
      expect(await reader()).toEqual(aReader())
      expect(await loan('desk-a.1.1.r1')).toBeNull()
      const third = desk.next('operation.undo', undo)
      expect(outcomes(await push([third]))).toEqual(['refused'])
    })

    test('U3 within the batch of the operation itself', async () => {
      const lent = desk.next('loan.check-out', lending())
      const undo = desk.next('operation.undo', { operation: 'desk-a.1.1', reason: null })
      expect(outcomes(await push([lent, undo]))).toEqual(['applied', 'applied'])
      expect(await item()).toEqual(anItem())
    })

    test('U4 not what a later operation stands upon', async () => {
      const lent = desk.next('loan.check-out', lending())
      const back = desk.next('loan.check-in', returning())
      const undo = desk.next('operation.undo', { operation: 'desk-a.1.1', reason: null })
      const accepted = await push([lent, back, undo])
      expect(outcomes(accepted)).toEqual(['applied', 'applied', 'refused'])
      // Its branch is told (E11), nothing else moved.
      expect(Object.keys(accepted.outcomes[2]?.positions ?? {})).toEqual([branchScope(BRANCH)])
      expect((await item()).openLoanId).toBeNull()
    })

    test('U1 by a branch head, of an operation of another branch', async () => {
      await enrolDevice(storage, 'desk-c', 'key', OTHER_BRANCH)
      const there = openDeskLog('desk-c')
      await push([there.next('loan.check-out', lending(), { branch: OTHER_BRANCH })], 'desk-c')
      const undo = { operation: 'desk-c.1.1', reason: null }
      const refused = desk.next('operation.undo', undo)
      const applied = desk.next('operation.undo', undo, { staff: 'staff-head' })
      expect(outcomes(await push([refused, applied]))).toEqual(['refused', 'applied'])
    })
  })

  test('I20 the same item at two desks at once: one undisputed open loan', async () => {
    await Promise.all([
      push([desk.next('loan.check-out', lending())]),
      push([otherDesk.next('loan.check-out', lending(BOOK, OTHER_CARD))], 'desk-b'),
    ])
    const loans = (await storage.find('openLoansOfItem', ['item-1', null])) as Loan[]
    expect(loans.filter(({ isDisputed }) => isDisputed)).toHaveLength(1)
    expect(loans).toHaveLength(2)
    expect(loans.find(({ isDisputed }) => !isDisputed)?.id).toBe((await item()).openLoanId)
  })

  test('I20 one unknown label at two desks at once: one placeholder', async () => {
    await Promise.all([
      push([desk.next('loan.check-out', lending('04400599999999'))]),
      push([otherDesk.next('loan.check-out', lending('04400599999999', OTHER_CARD))], 'desk-b'),
    ])
    expect(await storage.find('itemByBarcode', ['04400599999999'])).toHaveLength(1)
  })
}
