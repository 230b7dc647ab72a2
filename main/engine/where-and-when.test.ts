/** Who may work at this desk, and how old the facts are that it answers by. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { put } from '../../domain/change.ts'
import { BranchId } from '../../domain/words/ids.ts'
import { NOW, aReader } from '../../test/builders/city.ts'
import { PASSWORD, openTestDesk } from '../../test/builders/desk.ts'
import type { TestDesk } from '../../test/builders/desk.ts'
import { createAnnouncer } from './announce.ts'
import type { Clock } from './clock.ts'
import { perform } from './perform.ts'

const clock: Clock = { now: () => NOW, monotonic: () => 0 }
const barcode = '04400510000001'
const lending = { barcode, card: aReader().cardNumber, dueOn: null }
const signIn = (username: string) => ({ username, password: PASSWORD })
let desk: TestDesk

beforeEach(async () => {
  desk = await openTestDesk(clock)
})
afterEach(() => desk.close())

describe('sign-in', () => {
  it('B1 takes nobody of another branch, and says so only to the right password', async () => {
    const { replica } = desk.engine.stores
    const chen = replica.row('staff', 'staff-chen')
    if (chen === null) throw new Error('the desk has staff')
    const elsewhere = put('staff', { ...chen, branchIds: [BranchId.parse('elsewhere')] })
    replica.applyPage({
      entries: [{ scope: 'city', number: 2, changes: [elsewhere] }],
      settled: [],
      redecide: () => [],
    })
    const wrong = await desk.screen.ask('sign-in', { username: 'chen', password: 'x' })
    expect(wrong).toMatchObject({ answer: { outcome: 'wrong-name-or-password' } })
    const right = await desk.screen.ask('sign-in', signIn('chen'))
    expect(right).toMatchObject({ answer: { outcome: 'other-branch' } })
    expect(await desk.screen.ask('session')).toMatchObject({ answer: { staff: null } })
  })
})

describe('how old the facts are', () => {
  it('L19 is said beside each answer once they are older than a day, with the rules behind it', () => {
    const deps = {
      stores: desk.engine.stores,
      clock,
      announcer: createAnnouncer(),
      bootId: 'boot',
      clockOffsetMs: () => null,
      factsAgeMs: () => 26 * 3_600_000,
      onAppended: () => undefined,
    }
    const done = (kind: string, payload: unknown) =>
      perform(
        deps,
        { staffId: 'staff-chen', role: 'circulation', branchId: 'local' },
        { requestId: randomUUID(), kind, payload, overrides: [], isDryRun: false },
        [],
      )
    const lent = done('loan.check-out', lending)
    expect(lent).toMatchObject({ policyVersion: 1, summary: { policyLines: ['city-default'] } })
    const { loanId, readerId } = lent.summary as { loanId: string; readerId: string }
    const charge = { reader: readerId, item: null, cause: 'other', amountFen: 100, note: '其他' }
    for (const receipt of [
      lent,
      done('loan.renew', { loan: loanId }),
      done('fee.charge', charge),
      done('loan.check-in', { barcode, returnedOn: null }),
    ]) {
      expect(receipt.factsAgeMs).toBe(26 * 3_600_000)
      const said = receipt.findings.filter(({ code }) => code === 'facts-old')
      expect(said).toMatchObject([{ rule: 'L19', params: { hours: 26 } }])
    }
  })
})
