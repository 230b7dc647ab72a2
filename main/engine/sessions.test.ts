/** Who may try a name and a password at this desk, and what is written of it. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NOW, aReader } from '../../test/builders/city.ts'
import { PASSWORD, openTestDesk } from '../../test/builders/desk.ts'
import type { TestDesk } from '../../test/builders/desk.ts'
import type { Clock } from './clock.ts'

/** `setAheadMs`: by whoever moves the clock of the PC. */
const time = { now: NOW, setAheadMs: 0 }
const clock: Clock = { now: () => time.now + time.setAheadMs, monotonic: () => time.now - NOW }
const lending = { barcode: '04400510000001', card: aReader().cardNumber, dueOn: null }
const signIn = (username: string) => ({ username, password: PASSWORD })
let desk: TestDesk

beforeEach(async () => {
  time.setAheadMs = 0
  desk = await openTestDesk(clock)
})
afterEach(() => desk.close())

describe('a name that is locked, a second person', () => {
  it(
    'stays locked when the PC’s clock is moved on, past a restart too',
    { timeout: 30_000 },
    async () => {
      for (let failure = 0; failure < 5; failure += 1) {
        await desk.screen.ask('sign-in', { username: 'chen', password: 'wrong' })
      }
      time.setAheadMs = 30 * 86_400_000
      const locked = { answer: { outcome: 'locked', lockedUntil: clock.now() + 15 * 60_000 } }
      expect(await desk.screen.ask('sign-in', signIn('chen'))).toMatchObject(locked)
      desk = await desk.restart(randomUUID())
      expect(await desk.screen.ask('sign-in', signIn('chen'))).toMatchObject(locked)
    },
  )

  it('writes a second person who gave a wrong password to the audit trail', async () => {
    await desk.screen.ask('sign-in', signIn('chen'))
    const given = (password: string) => ({
      verb: 'perform',
      request: {
        kind: 'loan.check-out',
        payload: lending,
        requestId: randomUUID(),
        isDryRun: true,
        overrides: [
          { code: 'card-expired', reason: '主管在场', second: { username: 'wu', password } },
        ],
      },
    })
    const lines = () =>
      desk.engine.stores.outbox
        .auditTail(10)
        .filter(({ action }) => action === 'second-person')
        .map(({ staffId, subject, result }) => [staffId, subject, result])
    await desk.screen.call(given('wrong'))
    expect(lines()).toEqual([['staff-chen', null, 'wrong-name-or-password']])
    await desk.screen.call(given(PASSWORD))
    expect(lines()[0]).toEqual(['staff-chen', 'staff-wu', 'done'])
  })
})
