/** A desk whose clock is wrong, with a real engine over real files. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOW, aReader } from '../../test/builders/city.ts'
import { PASSWORD, openTestDesk } from '../../test/builders/desk.ts'
import type { TestDesk } from '../../test/builders/desk.ts'

const HOUR = 3_600_000
const time = { now: NOW, mono: 0 }
const YESTERDAY = '2026-11-22'
const card = aReader().cardNumber
const barcode = '04400510000001'
const lending = { barcode, card, dueOn: null }
const returning = { barcode, returnedOn: null }
let desk: TestDesk

beforeEach(async () => {
  Object.assign(time, { now: NOW, mono: 0 })
  desk = await openTestDesk({ now: () => time.now, monotonic: () => time.mono })
  await desk.screen.ask('sign-in', { username: 'chen', password: PASSWORD })
})
afterEach(() => desk.close())

const later = (ms: number, byClock = ms): void => {
  time.now += byClock
  time.mono += ms
}
const row = <K extends 'item' | 'loan' | 'reader'>(kind: K, id: string) =>
  desk.engine.stores.replica.row(kind, id)

describe('one clock for operations, questions and screens', () => {
  it.each([
    ['a day ahead', 24 * HOUR],
    ['a day behind', -24 * HOUR],
  ])('the machine is %s, and the city has measured it', async (_says, by) => {
    desk.engine.stores.outbox.saveSetting('clock-offset-ms', String(-by))
    later(60_000, 60_000 + by)
    desk = await desk.restart()
    const receipt = await desk.screen.perform('loan.check-out', lending)
    expect(receipt).toMatchObject({ at: NOW + 60_000, summary: { dueOn: '2026-12-23' } })
    expect(await desk.screen.ask('today', { limit: 10 })).toMatchObject({
      answer: { rows: [{ id: receipt.operationId }] },
    })
    const yesterday = await desk.screen.perform('loan.check-in', { barcode, returnedOn: YESTERDAY })
    expect(yesterday.outcome).toBe('done')
    expect(await desk.screen.ask('sync-status')).toMatchObject({ answer: { clockOffsetMs: -by } })
  })
})

describe('E14 what this desk did before comes before, whatever the clock says now', () => {
  it.each([
    ['an hour', -HOUR],
    ['to 1970', -NOW],
  ])('lends after a return, the clock set back %s', async (_says, by) => {
    await desk.screen.perform('loan.check-out', lending)
    later(60_000)
    await desk.screen.perform('loan.check-in', returning)
    later(10_000, by)
    const receipt = await desk.screen.perform('loan.check-out', lending)
    const { loanId } = receipt.summary as { loanId: string }
    expect(receipt).toMatchObject({ outcome: 'done', summary: { openLoansCount: 1 } })
    expect(row('loan', loanId)).toMatchObject({ returnedAt: null, lentAt: NOW + 60_000 })
    expect(row('item', 'item-1')).toMatchObject({ state: 'on-loan', openLoanId: loanId })
    expect(row('reader', aReader().id)?.openLoansCount).toBe(1)
  })

  it('takes back after a lending, the clock set back an hour', async () => {
    await desk.screen.perform('loan.check-out', lending)
    later(10_000, -HOUR)
    const receipt = await desk.screen.perform('loan.check-in', returning)
    expect(receipt).toMatchObject({ outcome: 'done', findings: [] })
    expect(row('item', 'item-1')).toMatchObject({ state: 'on-shelf', openLoanId: null })
    expect(row('reader', aReader().id)?.openLoansCount).toBe(0)
  })
})
