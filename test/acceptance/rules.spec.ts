/** The rules of a running city: a typhoon, Nanshan's thirty days, and one line changed at two desks. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dateAt, weekdayOf } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'
import type { TwoDesks } from './two-desks.ts'

const card = '0440050000101'
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let desks: TwoDesks
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  desks = await startTwoDesks('wu', 'wu')
  a = desks.a
  b = desks.b
}, 180_000)
afterAll(() => desks.city.stop(), 60_000)

const today = dateAt(Date.now())
/** Nanshan is shut on Mondays. */
const openFrom = (day: CalendarDate): CalendarDate => (weekdayOf(day) === 1 ? addDays(day, 1) : day)

type Tab = 'lines' | 'calendar' | 'bins'
const tabKeys = { lines: 'Alt+l', calendar: 'Alt+c', bins: 'Alt+b' } as const
const tabShows = { lines: 'rule-lines', calendar: 'month', bins: 'bins' } as const

const rulesOf = ({ page }: DeskPage) => ({
  open: async (tab: Tab) => {
    await page.keyboard.press('Alt+g')
    await page.locator('[data-testid=nav-rules].active').waitFor()
    await page.keyboard.press(tabKeys[tab])
    await page.getByTestId(tabShows[tab]).waitFor({ state: 'attached' })
  },
  choose: async (testId: string, word: string) => {
    await page.getByTestId(testId).click()
    await page.keyboard.type(word)
    await page.keyboard.press('Enter')
  },
  type: (testId: string, text: string) => page.getByTestId(testId).fill(text),
  says: (field: string) => page.locator(`[data-testid=rule-preview] [data-field=${field}]`),
  line: (id: string) => page.locator(`[data-line="${id}"]`),
  verdict: () => page.getByTestId('verdict'),
})

const dueAt = async (desk: DeskPage, barcode: string): Promise<string> => {
  await desk.goTo('lend')
  await desk.lend.scanReader(card)
  await desk.lend.scanItem(barcode)
  return desk.lend.dueOn(barcode)
}

describe('规则与日历', () => {
  it('试算：谁、借什么、在哪里，由哪一条定，哪些更具体的没写', async () => {
    const rules = rulesOf(a)
    await rules.open('lines')
    await rules.choose('try-type', '音像')
    await rules.choose('try-lending', '南山')
    await expect.poll(() => rules.says('loanDays').textContent(), soon).toMatch(/21av-21/)
    await expect.poll(() => rules.says('renewalDays').textContent(), soon).toMatch(/30nanshan-30/)
    expect(await rules.says('renewalDays').textContent()).toContain('av-21')
    expect(await rules.says('overdueFenPerDay').textContent()).toContain('city-default')
    expect(await violations(a.page)).toEqual([])
    await a.page.screenshot({ path: join(shots, 'rules-lines.png') })
  })

  it('南山的三十天是屏幕上的一行：在一处删掉再写上，另一处照办', async () => {
    const rules = rulesOf(a)
    await rules.line('nanshan-30').click()
    await a.page.keyboard.press('Alt+Delete')
    await expect.poll(() => rules.verdict().textContent(), soon).toContain('规则已删除')
    await expect.poll(async () => (await rulesAt(b)).includes('nanshan-30'), soon).toBe(false)
    expect(await dueAt(b, '04400610000001')).toBe(openFrom(addDays(today, 31)))
    await a.page.keyboard.press('Alt+n')
    await rules.type('line-id', '南山三十天')
    await rules.choose('line-lendingLibraryId', '南山')
    await rules.type('line-loanDays', '30')
    await rules.type('line-renewalDays', '30')
    await expect.poll(() => a.page.getByTestId('line-effect').textContent(), soon).not.toBe('')
    await a.page.screenshot({ path: join(shots, 'rules-form.png') })
    await a.page.keyboard.press('Control+s')
    await expect.poll(() => rules.verdict().textContent(), soon).toContain('第 3 版')
    await expect.poll(async () => (await rulesAt(b)).includes('南山三十天'), soon).toBe(true)
    expect(await dueAt(b, '04400610000002')).toBe(openFrom(addDays(today, 30)))
  })

  it('同样情形的两条不能并存，屏幕上说明白', async () => {
    const rules = rulesOf(a)
    await rules.open('lines')
    await a.page.keyboard.press('Alt+n')
    await rules.type('line-id', '又一条')
    await rules.choose('line-lendingLibraryId', '南山')
    await rules.type('line-loanDays', '15')
    await a.page.keyboard.press('Control+s')
    await expect.poll(() => a.page.locator('[data-finding=line-tie]').count(), soon).toBe(1)
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.page.keyboard.press('Escape')
  })

  it('台风天：一处登记闭馆，先说会动到多少笔；另一处新借的应还日后移', async () => {
    const due = openFrom(addDays(today, 30))
    const rules = rulesOf(a)
    await rules.open('calendar')
    await rules.choose('calendar-library', '南山')
    await rules.type('closing-first', due)
    await rules.type('closing-reason', '台风')
    await expect
      .poll(() => a.page.getByTestId('closure-effect').textContent(), soon)
      .toMatch(/1 天闭馆：本机资料里有 \d+ 笔/)
    await a.page.screenshot({ path: join(shots, 'rules-calendar.png') })
    await a.page.keyboard.press('Control+s')
    await expect.poll(() => rules.verdict().textContent(), soon).toContain('南山图书馆，1 天')
    await rulesOf(b).open('calendar')
    await expect
      .poll(() => b.page.locator(`[data-testid=closed-days] [data-day="${due}"]`).count(), soon)
      .toBe(1)
    expect(await dueAt(b, '04400610000003')).toBe(openFrom(addDays(due, 1)))
  })

  it('脱机改同一条：联网后是一个例外，两份都给人看，选一份', async () => {
    await a.pullThePlug()
    await b.pullThePlug()
    for (const [desk, days] of [
      [a, '14'],
      [b, '28'],
    ] as const) {
      const rules = rulesOf(desk)
      await rules.open('lines')
      await rules.line('av-21').click()
      await desk.page.keyboard.press('Alt+e')
      await rules.type('line-loanDays', days)
      await desk.page.keyboard.press('Control+s')
      await expect.poll(() => rules.verdict().textContent(), soon).toContain('规则已保存')
    }
    await a.putThePlugBack()
    await a.allSent()
    await b.putThePlugBack()
    await b.allSent()
    await b.goTo('exceptions')
    const exception = b.page.getByTestId('exception-card')
    await expect.poll(() => exception.getAttribute('data-kind'), soon).toBe('edit-conflict')
    await expect.poll(() => exception.textContent(), soon).toContain('28 天')
    expect(await exception.textContent()).toContain('14 天')
    for (const place of [exception, b.page.getByTestId('exception-row').first()]) {
      expect(await place.textContent()).toContain('规则：av-21')
      expect(await place.textContent()).not.toContain('题名待补')
    }
    expect(await violations(b.page)).toEqual([])
    await b.page.screenshot({ path: join(shots, 'rules-conflict.png') })
    await b.page.keyboard.press('2')
    await b.allSent()
    await expect.poll(async () => (await rulesAt(a)).includes('28 天'), soon).toBe(true)
  })

  it('分拣箱：一处写两行，另一处照样看到，次序不变', async () => {
    const rules = rulesOf(a)
    await rules.open('bins')
    for (const row of ['1', '2']) {
      await a.page.getByTestId('bin-add').click()
      await rules.type(`bin-${row}-bin`, `箱${row}`)
    }
    await rules.choose('bin-1-itemType', '音像')
    await rules.type('bin-2-shelfBegins', 'I')
    await a.page.keyboard.press('Control+s')
    await expect.poll(() => rules.verdict().textContent(), soon).toContain('深圳图书馆，2 行')
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.page.screenshot({ path: join(shots, 'rules-bins.png') })
    await a.allSent()
    const there = rulesOf(b)
    await there.open('bins')
    await there.choose('bins-library', '深圳图书馆')
    const second = b.page.getByTestId('bin-2-bin')
    await expect.poll(() => second.inputValue(), soon).toBe('箱2')
    expect(await b.page.getByTestId('bin-2-shelfBegins').inputValue()).toBe('I')
  })

  it('分拣箱：正写着，另一台保存了：写的还在，也说明了', async () => {
    const [rules, there] = [rulesOf(a), rulesOf(b)]
    await rules.type('bin-1-bin', '箱甲')
    await there.type('bin-2-bin', '箱乙')
    await b.page.keyboard.press('Control+s')
    const overtaken = a.page.getByTestId('bins-overtaken')
    await overtaken.waitFor()
    expect(await a.page.getByTestId('bin-1-bin').inputValue()).toBe('箱甲')
    expect(await violations(a.page)).toEqual([])
    await a.page.screenshot({ path: join(shots, 'rules-bins-overtaken.png') })
    await overtaken.getByRole('button').click()
    await expect.poll(() => a.page.getByTestId('bin-2-bin').inputValue(), soon).toBe('箱乙')
    expect(await a.page.getByTestId('bin-1-bin').inputValue()).toBe('箱1')
  })

  it('英文、深色', async () => {
    await a.setLanguage('en')
    await a.setAppearance(1)
    const rules = rulesOf(a)
    for (const tab of ['lines', 'calendar', 'bins'] as const) {
      await rules.open(tab)
      expect(await wrongWords(a.page, 'en')).toEqual([])
      expect(await violations(a.page)).toEqual([])
      await a.page.screenshot({ path: join(shots, `rules-${tab}.en.dark.png`) })
    }
  })
})

async function rulesAt(desk: DeskPage): Promise<string> {
  await rulesOf(desk).open('lines')
  return (await desk.page.getByTestId('rule-lines').textContent()) ?? ''
}
