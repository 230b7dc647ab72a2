/** Money at two desks: a till each, a fee paid offline here and waived there, and every fen found again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

const card = '0440050000101'

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  ;({ city, a, b } = await startTwoDesks('wu', 'wu'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

async function openFees(desk: DeskPage): Promise<void> {
  await desk.goTo('reader')
  await desk.reader.open(card)
  await desk.money.showFees()
}

describe('费用与钱箱：一位读者，两台工作台', () => {
  it('F7 早上点清备用金，开钱箱', async () => {
    await a.goTo('till')
    await a.money.openTill('100')
    expect(await a.money.expected().innerText()).toBe('¥100.00')
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
  })

  it('F1 换条码标签、换电子标签，两笔费用一次收，找零', async () => {
    await openFees(a)
    await a.money.charge('label')
    await expect.poll(() => a.money.owed(), soon).toEqual(['label 200'])
    await a.money.charge('rfid-tag')
    await expect.poll(() => a.money.owed(), soon).toEqual(['label 200', 'rfid-tag 500'])
    expect(await a.money.pay('cash', null, '10')).toContain('¥3.00')
    await expect.poll(() => a.money.owed(), soon).toEqual([])
    await expect.poll(() => a.money.settledFees().count(), soon).toBe(2)
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
  })

  it('Z11 只缴一部分，其余仍欠；微信缴的不进钱箱', async () => {
    await a.money.charge('rfid-tag')
    await expect.poll(() => a.money.owed(), soon).toEqual(['rfid-tag 500'])
    await a.money.pay('wechat', '1')
    await expect.poll(() => a.money.owed(), soon).toEqual(['rfid-tag 400'])
    await a.allSent()
    await openFees(b)
    await expect.poll(() => b.money.owed(), soon).toEqual(['rfid-tag 400'])
  })

  it('F6 A 台脱机收了现金，B 台脱机减免了同一笔：钱照样入账，立例外', async () => {
    await a.pullThePlug()
    await b.pullThePlug()
    await a.money.pay('cash')
    await expect.poll(() => a.money.owed(), soon).toEqual([])
    await b.money.waive('系统故障期间还书')
    await expect.poll(() => b.money.owed(), soon).toEqual([])
    await b.putThePlugBack()
    await b.allSent()
    await a.putThePlugBack()
    await a.allSent()
    await expect.poll(() => a.openExceptionsCount(), soon).toBe(1)
  })

  it('F6 在例外上退还多收的钱，按原来的方式退', async () => {
    await a.goTo('exceptions')
    await a.exceptions.open('fee-settled-twice')
    await expect
      .poll(() => a.page.getByTestId('excess').innerText(), soon)
      .toContain('¥4.00 · 现金')
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.exceptions.acceptProposal()
    await expect.poll(() => a.openExceptionsCount(), soon).toBe(0)
    await a.allSent()
    await openFees(a)
    await expect.poll(() => a.money.owed(), soon).toEqual([])
    await a.ledger.show()
    await expect
      .poll(async () => (await a.ledger.history()).slice(0, 3), soon)
      .toEqual(['refunded -400', 'paid 400', 'paid 100'])
    await expect.poll(() => b.openExceptionsCount(), soon).toBe(0)
  })

  it('F8 没有开钱箱的 B 台收现金，要先说明原因', async () => {
    await openFees(b)
    await b.money.charge('label')
    await expect.poll(() => b.money.owed(), soon).toEqual(['label 200'])
    await b.page.keyboard.press('Alt+p')
    await b.page.getByTestId('till-closed').waitFor()
    await b.page.keyboard.press('Enter')
    await b.page.getByTestId('decision').waitFor()
    await b.page.keyboard.press('Enter')
    await expect.poll(() => b.money.owed(), soon).toEqual([])
    await b.allSent()
    expect(await b.openExceptionsCount()).toBe(0)
  })

  it('F9 晚上清点：差额要写明原因，关闭后列在近期', async () => {
    await a.goTo('till')
    // 100 of change, 7 taken, 4 taken and given back.
    await expect.poll(() => a.money.expected().innerText(), soon).toBe('¥107.00')
    await a.money.count({ 10000: 1, 500: 1, 100: 1 })
    expect(await a.money.counted().innerText()).toBe('¥106.00')
    expect(await a.money.canClose()).toBe(false)
    await a.money.explain('找错零钱')
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.money.closeTill()
    await expect
      .poll(() => a.money.pastTills().first().getAttribute('data-difference'), soon)
      .toBe('-100')
    await a.allSent()
    expect(await a.openExceptionsCount()).toBe(0)
    expect(city.complaints).toEqual([])
  })
})
