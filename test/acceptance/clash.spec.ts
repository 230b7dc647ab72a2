/** Two desks without a line lend the same book to two people; a person settles it afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zhCN } from '../../renderer/language/zh-CN.ts'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

const first = { card: '0440050000101', name: '张思远' }
const second = { card: '0440050000106', name: '黄丽华' }
const contested = '04400510000007'
const [ofA, ofB] = ['04400510000008', '04400610000008'] as const

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  ;({ city, a, b } = await startTwoDesks('chen', 'zhao'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

const lendTo = async (desk: DeskPage, card: string, barcodes: readonly string[]): Promise<void> => {
  await desk.goTo('lend')
  await desk.lend.scanReader(card)
  for (const barcode of barcodes) expect(await desk.lend.scanItem(barcode)).toBe('done')
}

const loansOf = async (desk: DeskPage, card: string): Promise<string[]> => {
  await desk.goTo('reader')
  await desk.reader.open(card)
  const found = await desk.reader
    .loans()
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-barcode') ?? ''))
  await desk.page.keyboard.press('Escape')
  return found.toSorted()
}

describe('同一册书，两个网点，两位读者', () => {
  it('都拔了网线，各自借出，都当场办成', async () => {
    await a.pullThePlug()
    await b.pullThePlug()
    await lendTo(a, first.card, [contested, ofA])
    await lendTo(b, second.card, [contested, ofB])
    expect(await a.pendingCount()).toBe(2)
    expect(await b.pendingCount()).toBe(2)
  })

  it('插回网线，两台都看到这条例外', async () => {
    await a.putThePlugBack()
    await a.allSent()
    await b.putThePlugBack()
    await b.allSent()
    for (const desk of [a, b]) await expect.poll(() => desk.openExceptionsCount(), soon).toBe(1)
  })

  it.each([
    ['深圳图书馆', () => a],
    ['南山图书馆', () => b],
  ] as const)('%s的例外里，双方的经过都在，先借的在前', async (_place, desk) => {
    await desk().goTo('exceptions')
    await desk().exceptions.open('open-loan-other')
    const histories = desk().exceptions.histories()
    await expect.poll(() => histories.count(), soon).toBe(2)
    expect(await histories.nth(0).innerText()).toContain(first.card)
    expect(await histories.nth(1).innerText()).toContain(second.card)
    expect(await violations(desk().page)).toEqual([])
    expect(await wrongWords(desk().page, 'zh-CN')).toEqual([])
  })

  it('流通馆员看得到，处理不了', async () => {
    await b.exceptions.acceptProposal()
    expect(await b.page.getByTestId('settle-first-returned').count()).toBe(0)
    expect(await b.openExceptionsCount()).toBe(1)
  })

  it('主管按回车，照建议处理', async () => {
    await a.signOut()
    await a.signIn('wu')
    await a.goTo('exceptions')
    await a.exceptions.open('open-loan-other')
    await a.page.getByTestId('settle-first-returned').waitFor()
    await a.exceptions.acceptProposal()
    await expect.poll(() => a.openExceptionsCount(), soon).toBe(0)
  })

  it('南山随即看到已处理', async () => {
    await expect.poll(() => b.openExceptionsCount(), soon).toBe(0)
    await b.page.getByRole('radio').nth(1).locator('..').click()
    await b.exceptions.open('open-loan-other')
    expect(await b.page.getByTestId('exception-card').innerText()).toContain(
      zhCN.exceptions.settlement['first-returned'],
    )
  })

  it('一笔不丢：书在后一位名下，其余各归各人，两台一样', async () => {
    await a.allSent()
    for (const desk of [a, b]) {
      expect(await loansOf(desk, first.card)).toEqual([ofA])
      expect(await loansOf(desk, second.card)).toEqual([contested, ofB].toSorted())
    }
    await a.goTo('today')
    for (const barcode of [contested, ofA]) await a.today.row('loan.check-out', barcode).waitFor()
    await b.goTo('today')
    for (const barcode of [contested, ofB]) await b.today.row('loan.check-out', barcode).waitFor()
    expect(city.complaints).toEqual([])
  })
})
