/**
 * A whole day without a line at two desks: five hundred operations, then both come back. What clashed
 * is settled on the screen by keys, each kind once, and everybody tells the same.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Settlement } from '../../domain/settlements.ts'
import { zhCN } from '../../renderer/language/zh-CN.ts'
import type { RunningCity, RunningDesk } from './city.ts'
import {
  chargeBefore,
  chargeUnheard,
  clashes,
  troubleAtA,
  troubleAtB,
  usualWork,
  waitBefore,
} from './day-offline.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import { bridgeOf } from './pages/bridge.ts'
import type { Bridge } from './pages/bridge.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { cityRows, differencesOf } from './same-as-city.ts'
import type { CityRows } from './same-as-city.ts'
import { shootAll, shootLightAndDark } from './shots.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

const OPERATIONS_AT_EACH = 250

/** What staff decided, once for each kind; at A the hold was refused, at B the renewals. */
const refusedWays = { A: 'placed-anyway', B: 'later-date' } as const
const waysOf: Partial<Record<string, Settlement>> = {
  'open-loan-other': 'first-returned',
  'open-loan-same': 'accepted',
  'return-not-on-loan': 'accepted',
  'unknown-item': 'accepted',
  'unknown-reader': 'accepted',
  'limit-exceeded': 'accepted',
  'reader-blocked': 'reader-contacted',
  'edit-conflict': 'keep-theirs',
  'duplicate-registration': 'keep-both',
  'fee-settled-twice': 'excess-returned',
  'request-refused': 'placed-anyway',
  'hold-clash': 'shelved-again',
  'hold-bypassed': 'waiting-reader-first',
  'route-item': 'item-forwarded',
  'rule-broken': 'reader-contacted',
}

let city: RunningCity
let a: DeskPage
let b: DeskPage
let deskA: RunningDesk
let deskB: RunningDesk
let overA: Bridge
let overB: Bridge
let fees: readonly string[]
/** Done over each bridge while there was a line. */
let before: { readonly a: number; readonly b: number }
let told: CityRows

beforeAll(async () => {
  ;({ city, a, b, deskA, deskB } = await startTwoDesks('wu', 'wu'))
  overA = await bridgeOf(a.page)
  overB = await bridgeOf(b.page)
}, 180_000)
afterAll(() => city.stop(), 60_000)

/** By hand, as on any day. */
async function lendOnScreen(desk: DeskPage, card: string): Promise<void> {
  await desk.goTo('lend')
  await desk.lend.scanReader(card)
  for (const { barcode } of clashes.lentTwice)
    expect(await desk.lend.scanItem(barcode)).toBe('done')
}

const kindsSettled: string[] = []

/** Until nothing waits; each kind is met once at a desk. */
async function settleAll(desk: DeskPage, name: 'A' | 'B'): Promise<string[]> {
  await desk.goTo('exceptions')
  const settled: string[] = []
  for (;;) {
    const [kind] = await desk.exceptions.kinds()
    if (kind === undefined) return settled
    const way = kind === 'request-refused' ? refusedWays[name] : waysOf[kind]
    if (way === undefined || settled.includes(kind)) throw new Error(`${kind} is met again`)
    await desk.exceptions.settleAlike(kind, way)
    const said = () => desk.exceptions.lastSettled().innerText()
    await expect.poll(said, soon).toContain(zhCN.exceptions.settlement[way])
    settled.push(kind)
  }
}

const emptyScreen = (desk: DeskPage): Promise<void> =>
  desk.page.getByTestId('empty').getByText(zhCN.exceptions.noneTitle).waitFor()

describe('断网一整天，两台工作台，五百笔', () => {
  it('早上还有网：两笔费用记在读者名下，两台都看得到', async () => {
    fees = await chargeBefore(overA)
    await waitBefore(overA)
    await a.allSent()
    await b.allSent()
    await b.goTo('reader')
    for (const { cardNumber } of clashes.paying) {
      await b.reader.open(cardNumber)
      await expect
        .poll(() => b.page.getByTestId('reader-fees').innerText(), soon)
        .toContain('¥5.00')
      await b.page.keyboard.press('Escape')
    }
  })

  it('断网。屏幕上各借出同样五册给不同的读者', async () => {
    await b.goTo('reader')
    await b.reader.open(clashes.waitsForIt.cardNumber)
    await expect.poll(() => b.holds.ofReader().count(), soon).toBe(1)
    await b.page.keyboard.press('Escape')
    await b.pullThePlug()
    await chargeUnheard(overA)
    await a.allSent()
    before = { a: overA.done, b: overB.done }
    await a.pullThePlug()
    await lendOnScreen(a, clashes.first.cardNumber)
    await lendOnScreen(b, clashes.second.cardNumber)
    expect(await a.pendingCount()).toBe(clashes.lentTwice.length)
  })

  it(
    '照常办理：借、续、还、阅览、收费、留言、办证，两台各二百五十笔',
    { timeout: 120_000 },
    async () => {
      const onScreen = clashes.lentTwice.length
      await Promise.all([
        troubleAtA(overA, fees).then(() =>
          // What was done in the morning was sent.
          usualWork(overA, 'A', OPERATIONS_AT_EACH - onScreen + before.a),
        ),
        troubleAtB(overB, fees).then(() =>
          usualWork(overB, 'B', OPERATIONS_AT_EACH - onScreen + before.b),
        ),
      ])
      for (const desk of [a, b]) {
        await expect.poll(() => desk.pendingCount(), soon).toBe(OPERATIONS_AT_EACH)
      }
      await shootLightAndDark(a.page, 'offline-day-1-evening')
    },
  )

  it('插回网线：五百笔都发出，例外分在两台', { timeout: 120_000 }, async () => {
    await b.putThePlugBack()
    await b.allSent()
    await a.putThePlugBack()
    await a.allSent()
    await expect.poll(() => a.openExceptionsCount(), soon).toBeGreaterThan(5)
    await expect.poll(() => b.openExceptionsCount(), soon).toBeGreaterThan(5)
    await a.goTo('exceptions')
    await a.exceptions.showOnly('open-loan-other')
    await a.exceptions.allOfKind(true)
    const wrong = await shootAll(a, 'offline-day-2-exceptions', async (language) => [
      ...(await violations(a.page)),
      ...(await wrongWords(a.page, language, JSON.stringify(clashes))),
      ...(await outOfReach(a.page)),
    ])
    expect(wrong).toEqual([])
    await a.exceptions.allOfKind(false)
  })

  it(
    'E11 中心未接受的续借：今日里写明，一键到例外，两边的经过都在',
    { timeout: 60_000 },
    async () => {
      await b.goTo('today')
      await b.page.keyboard.press('x')
      const refused = b.page.locator('[data-testid=today-row][data-kind="loan.renew"]')
      await expect.poll(() => refused.count(), soon).toBe(1)
      await refused.first().click()
      await b.page.keyboard.press('u')
      const said = zhCN.today.whyNot.refused
      await expect.poll(() => b.page.getByTestId('verdict').innerText(), soon).toContain(said)
      await shootLightAndDark(b.page, 'offline-day-4-not-accepted')
      await b.page.keyboard.press('e')
      await b.page.locator('[data-testid=exception-card][data-kind="request-refused"]').waitFor()
      await expect.poll(() => b.page.getByTestId('promise').innerText(), soon).toContain('应还日')
      const wrong = await shootAll(b, 'offline-day-5-refused', async (language) => [
        ...(await violations(b.page)),
        ...(await wrongWords(b.page, language, JSON.stringify(clashes))),
        ...(await outOfReach(b.page)),
      ])
      expect(wrong).toEqual([])
    },
  )

  it('E10 深圳图书馆：每一类按一次键，逐条处理完', { timeout: 120_000 }, async () => {
    kindsSettled.push(...(await settleAll(a, 'A')))
    expect(kindsSettled).toEqual(expect.arrayContaining(['open-loan-other', 'fee-settled-twice']))
    await emptyScreen(a)
    await shootLightAndDark(a.page, 'offline-day-3-settled')
    await a.allSent()
  })

  it('E10 南山图书馆：剩下的几类，也各按一次', { timeout: 120_000 }, async () => {
    kindsSettled.push(...(await settleAll(b, 'B')))
    await emptyScreen(b)
    await b.allSent()
    expect(new Set(kindsSettled)).toEqual(new Set(Object.keys(waysOf)))
  })

  it('两台的例外都空了', async () => {
    for (const desk of [a, b]) {
      await expect.poll(() => desk.openExceptionsCount(), soon).toBe(0)
      await emptyScreen(desk)
    }
    expect(city.complaints).toEqual([])
  })

  it('关机对账：两台上的每一行都与中心相同', { timeout: 120_000 }, async () => {
    told = await cityRows(city.home)
    expect(told.size).toBeGreaterThan(4)
    await deskB.stop()
    await deskA.stop()
    const keys = { CITYDESK_KEYS: `${city.home}-keys` }
    expect(await differencesOf(deskA.home, keys, told)).toEqual([])
    expect(await differencesOf(deskB.home, keys, told)).toEqual([])
  })
})
