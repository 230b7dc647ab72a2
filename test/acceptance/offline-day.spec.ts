/**
 * A whole day without a line at two desks: five hundred operations, then both come back. What clashed
 * is settled on the screen by keys, each kind once, and everybody tells the same.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Settlement } from '../../domain/settlements.ts'
import { zhCN } from '../../renderer/language/zh-CN.ts'
import type { RunningCity, RunningDesk } from './city.ts'
import { chargeBefore, clashes, troubleAtA, troubleAtB, usualWork } from './day-offline.ts'
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

/** What staff decided, once for each kind. */
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
}

let city: RunningCity
let a: DeskPage
let b: DeskPage
let deskA: RunningDesk
let deskB: RunningDesk
let overA: Bridge
let overB: Bridge
let fees: readonly string[]
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
async function settleAll(desk: DeskPage): Promise<string[]> {
  await desk.goTo('exceptions')
  const settled: string[] = []
  for (;;) {
    const [kind] = await desk.exceptions.kinds()
    if (kind === undefined) return settled
    const way = waysOf[kind]
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
    await a.allSent()
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
    await a.pullThePlug()
    await b.pullThePlug()
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
          // The fees of the morning were sent.
          usualWork(overA, 'A', OPERATIONS_AT_EACH - onScreen + fees.length),
        ),
        troubleAtB(overB, fees).then(() => usualWork(overB, 'B', OPERATIONS_AT_EACH - onScreen)),
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

  it('E10 深圳图书馆：每一类按一次键，逐条处理完', { timeout: 120_000 }, async () => {
    kindsSettled.push(...(await settleAll(a)))
    expect(kindsSettled).toEqual(expect.arrayContaining(['open-loan-other', 'fee-settled-twice']))
    await emptyScreen(a)
    await shootLightAndDark(a.page, 'offline-day-3-settled')
    await a.allSent()
  })

  it('E10 南山图书馆：剩下的几类，也各按一次', { timeout: 120_000 }, async () => {
    kindsSettled.push(...(await settleAll(b)))
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
