/** Today's list by keys: another day, a word, and on to where money is taken back. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dateAt } from '../../domain/words/calendar-date.ts'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import { startOneDesk } from './one-desk.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'

const card = '0440050000101'
const barcode = '04400510000001'
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const today = dateAt(Date.now())
const DAY_MS = 86_400_000

let city: RunningCity
let desk: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  ;({ city, desk } = await startOneDesk('wu'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

const press = (key: string): Promise<void> => desk.page.keyboard.press(key)
const shownDay = (): Promise<string> => desk.page.getByTestId('today-on').innerText()
const said = (): Promise<string> => desk.page.getByTestId('today-first').innerText()

describe('今日清单的按键', () => {
  it('借一册，收一笔钱', async () => {
    await desk.goTo('lend')
    await desk.lend.scanReader(card)
    await desk.lend.scanItem(barcode)
    await desk.goTo('reader')
    await desk.reader.open(card)
    await desk.money.showFees()
    await desk.money.charge('label')
    await expect.poll(() => desk.money.owed(), soon).toEqual(['label 200'])
    await desk.money.pay('wechat')
    await desk.goTo('today')
    await desk.today.row('loan.check-out', barcode).waitFor()
  })

  it('← 到第一个有记录的日子为止，并说明', async () => {
    expect(await said()).toBe('')
    await press('ArrowLeft')
    await expect.poll(said, soon).toContain(today)
    expect(await shownDay()).toBe('今天')
    expect(await desk.today.rows().count()).toBeGreaterThan(0)
    expect(await violations(desk.page)).toEqual([])
    expect(await wrongWords(desk.page, 'zh-CN')).toEqual([])
    await desk.page.screenshot({ path: join(shots, 'today-first.zh-CN.png') })
  })

  it('/ 找到这一册，Esc 清除', async () => {
    const all = await desk.today.rows().count()
    await press('/')
    await desk.page.keyboard.type(barcode)
    await expect.poll(() => desk.today.rows().count(), soon).toBe(1)
    await press('Escape')
    await expect.poll(() => desk.today.rows().count(), soon).toBe(all)
    expect(await desk.page.getByTestId('today-search').inputValue()).toBe('')
  })

  it('收款的一笔按 R，到读者的账目去冲正', async () => {
    await desk.page.locator('[data-testid=today-row][data-kind="payment.take"]').click()
    await desk.page.getByTestId('today-reversal').waitFor()
    await press('r')
    await desk.page.locator('[data-testid=nav-reader].active').waitFor()
    await expect.poll(() => desk.page.url(), soon).toContain('shown=ledger')
  })

  it('过了一夜：← 看昨天的，再 ← 就停住；→ 回到今天', async () => {
    // What was done is of yesterday to whoever looks tomorrow.
    await desk.page.clock.setFixedTime(Date.now() + DAY_MS)
    await desk.goTo('today')
    await desk.today.row('loan.check-out', barcode).waitFor()
    await press('ArrowLeft')
    await expect.poll(shownDay, soon).toBe(today)
    await desk.today.row('loan.check-out', barcode).waitFor()
    expect(await said()).toBe('')
    await press('ArrowLeft')
    await expect.poll(said, soon).toContain(today)
    expect(await shownDay()).not.toBe(addDays(today, -1))
    await press('ArrowRight')
    await expect.poll(shownDay, soon).toBe('今天')
    expect(await said()).toBe('')
    expect(city.complaints).toEqual([])
  })
})
