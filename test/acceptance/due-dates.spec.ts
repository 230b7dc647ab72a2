/** What falls due when: a date that somebody chose, an hour, some loans renewed at once, and why. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dateAt, weekdayOf } from '../../domain/words/calendar-date.ts'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { DeskPage } from './pages/desk-page.ts'
import { shootAll, shootLightAndDark } from './shots.ts'
import { soon } from './soon.ts'

const adult = '0440050000101'
const guardian = '0440050000106'
const book = (number: number): string => `044005${10_000_000 + number}`
const today = dateAt(Date.now())
/** The library is closed on Mondays. */
const inDays = (days: number): string => {
  const day = addDays(today, days)
  return days > 0 && weekdayOf(day) === 1 ? addDays(day, 1) : day
}

let city: RunningCity
let desk: DeskPage

beforeAll(async () => {
  city = await startCity()
  desk = new DeskPage(await (await city.startDesk('A')).open())
  await desk.signIn('chen')
}, 180_000)
afterAll(() => city.stop(), 60_000)

const lendTo = async (reader: string): Promise<void> => {
  await desk.goTo('lend')
  await desk.lend.nextReaderIfAny()
  await desk.lend.scanReader(reader)
}
const press = (key: string): Promise<void> => desk.page.keyboard.press(key)
const dueOn = (barcode: string): Promise<string> =>
  desk.lend.row(barcode).getByTestId('due-on').innerText()
const nothingWrong = (): Promise<readonly string[]> => Promise.resolve([])

describe('指定应还日', () => {
  it('只用键盘：本次到馆都按这一天，凭条同样', async () => {
    await lendTo(adult)
    await press('Alt+d')
    await desk.page.keyboard.type(inDays(7))
    await shootLightAndDark(desk.page, 'due-choice')
    await press('Alt+Enter')
    expect(await desk.page.getByTestId('due-choice').innerText()).toContain(inDays(7))
    expect(await desk.lend.scanItem(book(1))).toBe('done')
    expect(await desk.lend.scanItem(book(2))).toBe('done')
    expect([await dueOn(book(1)), await dueOn(book(2))]).toEqual([inDays(7), inDays(7)])
    await press('Alt+s')
    expect(await desk.page.getByTestId('why').innerText()).toMatch(/规则 1（任何读者/)
    await shootAll(desk, 'due-chosen', nothingWrong)
    await press('Alt+s')
  })

  it('比规定更晚的要写原因放行；只用于这一册', async () => {
    await press('Alt+d')
    await desk.page.getByTestId('due-choice-day').fill(inDays(90))
    await press('Enter')
    expect(await desk.lend.scanItem(book(3))).toBe('deciding')
    expect(await desk.lend.findings()).toContain('due-date-beyond-policy')
    await desk.lend.confirmDecision()
    await expect.poll(() => dueOn(book(3)), soon).toBe(inDays(90))
    expect(await desk.lend.scanItem(book(4))).toBe('done')
    expect(await dueOn(book(4))).not.toBe(inDays(90))
  })

  it('过去的日子写不进去；下一位读者按规定', async () => {
    await press('Alt+d')
    await desk.page.getByTestId('due-choice-day').fill(inDays(-1))
    expect(await desk.page.getByTestId('due-choice-said').innerText()).toBe('不能早于今天')
    await press('Enter')
    await press('Escape')
    await lendTo(guardian)
    expect(await desk.page.getByTestId('due-choice').count()).toBe(0)
    expect(await desk.lend.scanItem(book(5))).toBe('done')
    expect((await dueOn(book(5))) > inDays(20)).toBe(true)
  })
})

describe('按小时的借阅', () => {
  it('阅览室的书写明闭馆的钟点', async () => {
    await press('Alt+w')
    expect(await desk.lend.scanItem(book(6))).toBe('done')
    expect(await dueOn(book(6))).toMatch(new RegExp(`^${inDays(0)}( \\d\\d:\\d\\d)?$`))
    await shootAll(desk, 'due-hour', nothingWrong)
    await press('Alt+w')
    await press('Alt+w')
  })
})

describe('续借其中几册', () => {
  it('方向键和空格选两册，只续这两册；为什么，一键可看', async () => {
    await desk.goTo('reader')
    await desk.reader.open(adult)
    await expect.poll(() => desk.reader.loans().count(), soon).toBeGreaterThan(2)
    await desk.page.getByTestId('reader-card').click()
    const chosen = desk.page.locator('.cd-row-chosen')
    for (const barcode of [book(1), book(2)]) {
      await press('ArrowDown')
      await chosen.locator(`[data-barcode="${barcode}"]`).waitFor()
      await press(' ')
      await chosen.locator('input:checked').waitFor()
    }
    expect(await desk.page.getByTestId('renew-all').innerText()).toContain('续借选中 2 册')
    await press('Alt+s')
    expect(await desk.page.getByTestId('why').innerText()).toContain('规则 1（任何读者')
    await shootLightAndDark(desk.page, 'renew-some')
    await press('Alt+r')
    await expect.poll(() => desk.reader.renewals().innerText(), soon).toContain('2 册')
    await shootLightAndDark(desk.page, 'renewed-some')
  })

  it('几册要放行的，原因写一次，一起续', async () => {
    // 重新打开，已续过一次的再续，要放行。
    await press('Escape')
    await desk.reader.open(adult)
    await expect.poll(() => desk.reader.loans().count(), soon).toBeGreaterThan(2)
    await press('Alt+r')
    await expect.poll(() => desk.reader.renewals().innerText(), soon).not.toContain('正在')
    await press('Escape')
    await desk.reader.open(adult)
    await expect.poll(() => desk.reader.loans().count(), soon).toBeGreaterThan(2)
    await press('Alt+r')
    await expect.poll(() => desk.reader.renewals().innerText(), soon).toContain('未能续借')
    const some = desk.page.getByTestId('renew-override-some')
    await some.waitFor()
    await press('Alt+f')
    await desk.page.getByTestId('decision').waitFor()
    await shootLightAndDark(desk.page, 'renew-override-some')
    await press('Enter')
    await some.waitFor({ state: 'detached' })
    expect(await desk.reader.renewals().innerText()).not.toContain('未能续借 2')
  })
})
