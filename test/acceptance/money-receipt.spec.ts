/** Money has a paper of its own: printed at once, again from the fees and from today's list, and as the library words it. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import { startOneDesk } from './one-desk.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { printedBy, watchPrinter } from './printer.ts'
import { soon } from './soon.ts'

const card = '0440050000101'
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let a: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  ;({ city, desk: a } = await startOneDesk('wu'))
  await watchPrinter(a)
}, 180_000)
afterAll(() => city.stop(), 60_000)

const printed = (): Promise<string[]> => printedBy(a)

/** Ctrl+P, and the paper that comes of it. */
async function paper(): Promise<string> {
  const before = (await printed()).length
  await a.page.keyboard.press('Control+p')
  await expect.poll(async () => (await printed()).length, soon).toBe(before + 1)
  return (await printed()).at(-1) ?? ''
}

async function openFees(): Promise<void> {
  await a.goTo('reader')
  await a.reader.open(card)
  await a.money.showFees()
}

describe('收款凭条', () => {
  it('收现金十元，找零三元，凭条写明两笔费用、找零、经办人和编号', async () => {
    await a.goTo('till')
    await a.money.openTill('100')
    await openFees()
    await a.money.charge('label')
    await expect.poll(() => a.money.owed(), soon).toEqual(['label 200'])
    await a.money.charge('rfid-tag')
    await expect.poll(() => a.money.owed(), soon).toEqual(['label 200', 'rfid-tag 500'])
    expect(await a.page.getByTestId('print-money').isDisabled()).toBe(true)
    await a.money.pay('cash', null, '10')
    await expect.poll(() => a.page.getByTestId('print-money').isEnabled(), soon).toBe(true)
    const text = await paper()
    expect(text).toMatch(/收款凭条 {2}\d{4}-\d\d-\d\d \d\d:\d\d/)
    expect(text).toContain('条码标签  ¥2.00')
    expect(text).toContain('电子标签  ¥5.00')
    expect(text).toContain('合计 ¥7.00  现金')
    expect(text).toContain('实收 ¥10.00  找零 ¥3.00')
    expect(text).toContain('尚欠 ¥0.00')
    expect(text).toMatch(/收款人 吴敏 {2}编号 A 1\.\d+/)
    expect(text).not.toContain('张思远')
    expect(text).not.toContain(card)
    await a.page.screenshot({ path: join(shots, 'fees-receipt.zh-CN.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
  })

  it('只缴一部分的，凭条写明尚欠多少；脱机也打得出', async () => {
    await a.pullThePlug()
    await a.money.charge('rfid-tag')
    await expect.poll(() => a.money.owed(), soon).toEqual(['rfid-tag 500'])
    await a.money.pay('wechat', '1')
    await expect.poll(() => a.money.owed(), soon).toEqual(['rfid-tag 400'])
    const text = await paper()
    expect(text).toContain('合计 ¥1.00  微信')
    expect(text).toContain('尚欠 ¥4.00')
    expect(text).not.toContain('找零')
    await a.putThePlugBack()
    await a.allSent()
  })

  it('读者把凭条弄丢了，从今日清单补打，与当时一样', async () => {
    await a.goTo('today')
    await a.page.locator('[data-testid=today-row][data-kind="payment.take"]').last().click()
    const text = await paper()
    expect(text).toContain('实收 ¥10.00  找零 ¥3.00')
    expect(text).toMatch(/收款人 吴敏 {2}编号 A 1\.\d+/)
  })

  it('退款有退款的凭条', async () => {
    await a.goTo('reader')
    await a.reader.open(card)
    await a.ledger.show()
    await a.page.locator('[data-testid=ledger-entry][data-amount="100"]').click()
    await a.page.getByTestId('do-refund').click()
    await a.page.getByTestId('take-back-reason').fill('读者已换电子标签')
    await a.page.keyboard.press('Enter')
    await a.page.getByTestId('refund').waitFor({ state: 'detached' })
    await a.goTo('today')
    await a.page.locator('[data-testid=today-row][data-kind="payment.refund"]').click()
    const text = await paper()
    expect(text).toMatch(/退款凭条/)
    expect(text).toContain('退还 ¥1.00')
    expect(text).toContain('原因 读者已换电子标签')
    expect(text).toContain('读者签字')
  })

  it('收款凭条的文字，主管也可以改', async () => {
    await a.goTo('slips')
    await a.page.getByTestId('slip-save').waitFor()
    await a.page.getByText('收款凭条', { exact: true }).click()
    await expect
      .poll(() => a.page.getByTestId('slip-preview-zh').innerText(), soon)
      .toContain('合计 ¥5.90')
    await a.page.screenshot({ path: join(shots, 'slips-payment.zh-CN.png') })
    await a.page.getByTestId('slip-text-zh').fill('发票请到服务台\n{{#fees}}\n{{cause}}\n{{/fees}}')
    await a.page.keyboard.press('Control+s')
    await a.page.getByTestId('slip-verdict').waitFor()
    await a.goTo('today')
    await a.page.locator('[data-testid=today-row][data-kind="payment.take"]').last().click()
    expect(await paper()).toBe('发票请到服务台\n条码标签\n电子标签\n')
    expect(city.complaints).toEqual([])
  })
})
