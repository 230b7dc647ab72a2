/** A book is lost and paid, and comes back after all: the money is one key away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import { startOneDesk } from './one-desk.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { shootAll } from './shots.ts'
import { soon } from './soon.ts'

const reader = '0440050000101'
const lost = '04400510000007'

let city: RunningCity
let desk: DeskPage

beforeAll(async () => {
  ;({ city, desk } = await startOneDesk('wu'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

const look = async (language: 'en' | 'zh-CN'): Promise<string[]> => [
  ...(await wrongWords(desk.page, language)),
  ...(await violations(desk.page)),
  ...(await outOfReach(desk.page)),
]

describe('赔了又找到', () => {
  it('借出、登记丢失、付赔书费', async () => {
    await desk.goTo('lend')
    await desk.lend.scanReader(reader)
    expect(await desk.lend.scanItem(lost)).toBe('done')
    await desk.goTo('search')
    await desk.scan(lost)
    await desk.page.getByTestId('mark-lost').click()
    await desk.page.getByTestId('lost-save').click()
    await expect.poll(() => desk.page.getByTestId('item-state').innerText(), soon).toContain('丢失')
    await desk.goTo('reader')
    await desk.reader.open(reader)
    await desk.money.showFees()
    await desk.money.pay('wechat')
    await expect.poll(() => desk.money.owed(), soon).toEqual([])
    expect(await desk.page.getByTestId('loss-refunds').count()).toBe(0)
  })

  it('R14 断网还回：说应退，Alt+M 就到读者的费用', async () => {
    await desk.pullThePlug()
    await desk.goTo('return')
    await desk.returning.typeItem(lost)
    await desk.page.getByTestId('to-refund').waitFor()
    expect(await shootAll(desk, 'loss-found', look)).toEqual([])
    await desk.page.keyboard.press('Alt+m')
    await desk.page.getByTestId('loss-refunds').waitFor()
    expect(await shootAll(desk, 'loss-refund', look)).toEqual([])
  })

  it('R14 一键退还，回车即办；退过的不再提', async () => {
    await desk.page.keyboard.press('Alt+r')
    await desk.page.getByTestId('take-back-reason').press('Enter')
    await desk.page.getByTestId('loss-refunds').waitFor({ state: 'detached' })
    await desk.putThePlugBack()
    await desk.allSent()
    expect(await desk.openExceptionsCount()).toBe(0)
    expect(city.complaints).toEqual([])
  })
})
