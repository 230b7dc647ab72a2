/** Rule L28, through the engine as the lending screen speaks to it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { put } from '../../domain/change.ts'
import { NOW, aReader } from '../../test/builders/city.ts'
import { PASSWORD, openTestDesk } from '../../test/builders/desk.ts'
import type { TestDesk } from '../../test/builders/desk.ts'
import type { Clock } from './clock.ts'

const time = { now: NOW }
const clock: Clock = { now: () => time.now, monotonic: () => time.now - NOW }
const blocked = { blockedUntilOn: '2026-12-31', blockedFor: ['lend'] as never, blockReason: '未赔' }
const card = '0440050000025'
const other = '0440050000033'
const lending = (number: number, to = card) => ({
  barcode: `0440051000000${number}`,
  card: to,
  dueOn: null,
})
const first = { id: 'visit-000001', isToStand: false }
const standing = { ...first, isToStand: true }
const byHead = [
  {
    code: 'reader-blocked',
    reason: '主管同意',
    second: { username: 'wu', password: PASSWORD },
  },
]
let desk: TestDesk

beforeEach(async () => {
  time.now = NOW
  const readers = [card, other].map((cardNumber, place) =>
    put(
      'reader',
      aReader({ id: `reader-b${place}`, cardNumber, homeLibraryId: 'local', ...blocked }),
    ),
  )
  desk = await openTestDesk(clock, readers)
  await desk.screen.ask('sign-in', { username: 'chen', password: PASSWORD })
})
afterEach(() => desk.close())

const lend = async (number: number, more: object, to = card): Promise<string> =>
  (await desk.screen.perform('loan.check-out', lending(number, to), more)).outcome

describe('L28 an override for this reader for this visit', () => {
  it('L28 given once by a second person, it stands for the next item, with reason and person', async () => {
    expect(await lend(1, { visit: first })).toBe('needs-override')
    expect(await lend(1, { visit: standing, overrides: byHead })).toBe('done')
    expect(await lend(2, { visit: first })).toBe('done')
    const { body } = desk.engine.stores.outbox.bySeq(2) ?? {}
    expect((body as { overrides: unknown }).overrides).toEqual([
      { code: 'reader-blocked', reason: '主管同意', approvedBy: 'staff-wu' },
    ])
  })

  it('L28 given for one item it does not stand', async () => {
    expect(await lend(1, { visit: first, overrides: byHead })).toBe('done')
    expect(await lend(2, { visit: first })).toBe('needs-override')
  })

  it.each<[string, () => Promise<string>]>([
    ['with the next visit', () => lend(2, { visit: { ...first, id: 'visit-000002' } })],
    ['at another reader', () => lend(2, { visit: first }, other)],
    ['where no visit is named', () => lend(2, {})],
    [
      'after half an hour',
      () => {
        time.now += 31 * 60_000
        return lend(2, { visit: first })
      },
    ],
    [
      'as somebody else signs in',
      async () => {
        await desk.screen.ask('sign-in', { username: 'chen', password: PASSWORD })
        return lend(2, { visit: first })
      },
    ],
  ])('L28 it ends %s', async (_name, next) => {
    await lend(1, { visit: standing, overrides: byHead })
    expect(await next()).toBe('needs-override')
  })

  it('L28 what is about the item is asked about each time', async () => {
    const unknown = { ...lending(1), barcode: '04400599999998' }
    const overrides = [...byHead, { code: 'unknown-item', reason: '书在手上', second: null }]
    const done = await desk.screen.perform('loan.check-out', unknown, {
      visit: standing,
      overrides,
    })
    expect(done.outcome).toBe('done')
    const next = { ...unknown, barcode: '04400599999999' }
    const asked = await desk.screen.perform('loan.check-out', next, { visit: first })
    expect(asked.outcome).toBe('needs-override')
    expect(asked.findings.filter(({ level }) => level === 'override')).toHaveLength(2)
  })

  it('L28 a verdict alone leaves nothing standing', async () => {
    await lend(1, { visit: standing, overrides: byHead, isDryRun: true })
    expect(await lend(2, { visit: first })).toBe('needs-override')
  })

  it('L28 a card that nobody knows stays the same reader', async () => {
    const overrides = [{ code: 'unknown-reader', reason: '读者情况已核实', second: null }]
    const nobody = '0440050099999'
    expect(await lend(1, { visit: standing, overrides }, nobody)).toBe('done')
    expect(await lend(2, { visit: first }, nobody)).toBe('done')
  })
})
