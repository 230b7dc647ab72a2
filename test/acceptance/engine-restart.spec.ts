/** The engine dies in the middle of the day; the person at the desk waits a moment and goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maskedName } from '../../domain/words/masked-name.ts'
import { startCity } from './city.ts'
import type { RunningCity, RunningDesk } from './city.ts'
import { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'

const card = '0440050000101'
const barcodes = Array.from({ length: 8 }, (_, n) => `044005${10_000_001 + n}`)
const book = (number: number): string => barcodes[number - 1] ?? ''

let city: RunningCity
let running: RunningDesk
let desk: DeskPage

beforeAll(async () => {
  city = await startCity()
  running = await city.startDesk('A')
  desk = new DeskPage(await running.open())
  await desk.signIn('chen')
  await desk.goTo('lend')
  await desk.lend.scanReader(card)
}, 180_000)
afterAll(() => city.stop(), 60_000)

const killEngine = async (): Promise<void> => {
  process.kill(await running.enginePid(), 'SIGKILL')
}

const timesLentToday = async (barcode: string): Promise<number> => {
  await desk.goTo('today')
  await desk.today.row('loan.check-out', barcode).waitFor()
  return desk.page
    .locator(`[data-testid=today-row][data-kind="loan.check-out"][data-barcode="${barcode}"]`)
    .count()
}

describe('引擎中断', () => {
  it('页面说正在重新连接，随后自己恢复', async () => {
    expect(await desk.lend.scanItem(book(1))).toBe('done')
    expect(await desk.lend.scanItem(book(2))).toBe('done')
    const seen = desk.reconnecting().waitFor()
    await killEngine()
    await seen
    await desk.reconnecting().waitFor({ state: 'detached' })
  })

  it('还是陈静登录着，读者和刚借的两册都在', async () => {
    expect(await desk.page.getByTestId('status-who').innerText()).toContain('陈静')
    expect(await desk.lend.readerName()).toBe(maskedName('张思远'))
    expect(await desk.lend.rows().count()).toBe(2)
    await expect.poll(() => desk.lend.loansCount().innerText(), soon).toMatch(/\b2 \//)
  })

  it('接着借，中断时扫的也不丢', async () => {
    await killEngine()
    await desk.reconnecting().waitFor()
    await desk.scan(book(3))
    expect(await desk.lend.answered(book(3))).toBe('done')
    expect(await desk.lend.scanItem(book(4))).toBe('done')
    await expect.poll(() => desk.lend.loansCount().innerText(), soon).toMatch(/\b4 \//)
  })

  it.each([book(5), book(6), book(7)])('%s 刚扫引擎就断：恰好借出一次', async (barcode) => {
    await desk.goTo('lend')
    const pid = await running.enginePid()
    await desk.scan(barcode)
    process.kill(pid, 'SIGKILL')
    expect(await desk.lend.answered(barcode)).toBe('done')
    expect(await timesLentToday(barcode)).toBe(1)
  })

  it('读者名下不多不少，页面也没有出错', async () => {
    await desk.goTo('reader')
    await desk.reader.open(card)
    const shown = await desk.reader
      .loans()
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-barcode') ?? ''))
    expect(shown.toSorted()).toEqual(barcodes.slice(0, 7))
    expect(city.complaints).toEqual([])
  })
})
