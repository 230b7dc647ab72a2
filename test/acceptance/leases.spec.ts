/** Points that the city lent to a desk are redeemed without a line; two desks never spend the same. */
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

async function openLedger(desk: DeskPage): Promise<void> {
  await desk.goTo('reader')
  await desk.reader.open(card)
  await desk.ledger.show()
}

/** Both desks tell the same of this reader, and what each holds is its own. */
async function bothTell(free: number, held: readonly [number, number]): Promise<void> {
  await expect.poll(() => a.ledger.pointsFree(), soon).toBe(free)
  await expect.poll(() => b.ledger.pointsFree(), soon).toBe(free)
  await a.ledger.holds(held[0])
  await b.ledger.holds(held[1])
}

describe('积分额度：一位读者，两台工作台', () => {
  it('Z7 各自向中心申请额度，合起来不超过可用积分', async () => {
    await openLedger(a)
    await openLedger(b)
    await bothTell(180, [0, 0])
    // So much that neither redeems half of it below: a desk that did would ask for more by itself.
    await a.ledger.ask(130)
    await a.ledger.holds(130)
    await b.ledger.ask(150)
    await bothTell(0, [130, 50])
    expect(await a.ledger.history()).toEqual(['earned 50', 'earned 80', 'earned 50'])
  })

  it('Z4 都拔了网线，各自用自己的额度兑换', async () => {
    await a.pullThePlug()
    await b.pullThePlug()
    await a.ledger.redeem('notebook')
    await a.ledger.holds(70)
    await b.ledger.redeem('bookmark')
    await b.ledger.holds(30)
    expect(await a.pendingCount()).toBe(1)
  })

  it('Z5 额度不够时说清还差多少、怎么办，不给兑', async () => {
    await a.ledger.chooseReward('bag')
    await expect.poll(() => a.ledger.short().innerText(), soon).toContain('50')
    expect(await a.page.getByTestId('redeem-confirm').isDisabled()).toBe(true)
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.ledger.leaveForm()
  })

  it('Z2 记分不需要网络', async () => {
    await a.ledger.earn('volunteer', 30)
    await expect
      .poll(async () => (await a.ledger.history()).slice(0, 2), soon)
      .toEqual(['earned 30', 'redeemed -60'])
  })

  it('插回网线，两台一致，没有例外', async () => {
    await a.putThePlugBack()
    await a.allSent()
    await b.putThePlugBack()
    await b.allSent()
    await expect
      .poll(async () => (await a.ledger.history()).slice(0, 3).toSorted(), soon)
      .toEqual(['earned 30', 'redeemed -20', 'redeemed -60'])
    await expect.poll(() => b.ledger.history(), soon).toEqual(await a.ledger.history())
    expect(await a.openExceptionsCount()).toBe(0)
  })

  it('Z13 兑错了冲正：回到可用积分', async () => {
    const before = await a.ledger.pointsFree()
    await a.ledger.earn('reading', 5)
    await expect.poll(async () => (await a.ledger.history())[0], soon).toBe('earned 5')
    await a.ledger.takeBackNewest('录错了')
    await expect
      .poll(async () => (await a.ledger.history()).slice(0, 2), soon)
      .toEqual(['reversed -5', 'earned 5'])
    await expect.poll(() => b.ledger.pointsFree(), soon).toBe(before)
  })

  it('Z10 证书号：各领号段，脱机发证，号码不重', async () => {
    await a.ledger.askForNumbers()
    await b.ledger.askForNumbers()
    await a.pullThePlug()
    await b.pullThePlug()
    const numbers = [
      await a.ledger.issueCertificate('捐赠图书 12 册'),
      await a.ledger.issueCertificate('捐赠图书 3 册'),
      await b.ledger.issueCertificate('捐赠图书 1 册'),
    ]
    expect(new Set(numbers).size).toBe(3)
    await a.putThePlugBack()
    await b.putThePlugBack()
    await a.allSent()
    await b.allSent()
    expect(await b.openExceptionsCount()).toBe(0)
  })

  it('Z8 主管看得到本机丢失时的最大损失，一键全部退回', async () => {
    await b.goTo('leases')
    await expect.poll(() => b.ledger.valueAtRisk().innerText(), soon).toContain('30')
    expect(await violations(b.page)).toEqual([])
    await b.ledger.giveAllBack()
    await expect.poll(() => b.ledger.leases().count(), soon).toBe(0)
    await b.allSent()
    await expect.poll(() => b.ledger.valueAtRisk().innerText(), soon).toMatch(/\b0\b/)
  })

  it('界面无障碍检查通过，页面无违规', async () => {
    expect(await violations(a.page)).toEqual([])
    expect(city.complaints).toEqual([])
  })
})
