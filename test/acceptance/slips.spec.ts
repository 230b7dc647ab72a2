/** What goes with the reader and what goes with the book: printed, written by the library, printed again. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { printedBy, watchPrinter } from './printer.ts'
import { soon } from './soon.ts'

const card = '0440050000101'
const [first, second, fromElsewhere] = [
  '04400510000001',
  '04400510000002',
  '04400610000001',
] as const
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  city = await startCity()
  a = new DeskPage(await (await city.startDesk('A')).open())
  b = new DeskPage(await (await city.startDesk('B')).open())
  for (const desk of [a, b]) await watchPrinter(desk)
  await a.signIn('wu')
  await b.signIn('wu')
  await a.connection('online')
  await b.connection('online')
}, 180_000)
afterAll(() => city.stop(), 60_000)

const lastPrintedBy = async (desk: DeskPage): Promise<string> =>
  (await printedBy(desk)).at(-1) ?? ''

async function openSlips(desk: DeskPage): Promise<void> {
  await desk.goTo('slips')
  await desk.page.getByTestId('slip-save').waitFor()
}

const shownInPrint = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.body.children]
      .filter((one) => getComputedStyle(one).display !== 'none' && one.tagName !== 'SCRIPT')
      .map((one) => one.className)
      .join(' '),
  )

describe('凭条和单据', () => {
  it('借出两本，凭条上有书名和应还日，读者姓名不全露', async () => {
    await a.goTo('lend')
    await a.lend.scanReader(card)
    await a.lend.scanItem(first)
    await a.lend.scanItem(second)
    await a.page.keyboard.press('Control+p')
    await expect.poll(async () => (await printedBy(a)).length, soon).toBe(1)
    const paper = await lastPrintedBy(a)
    expect(paper).toMatch(/借书凭条 {2}\d{4}-\d\d-\d\d \d\d:\d\d/)
    expect(paper).toContain(first)
    expect(paper.match(/应还 \d{4}-\d\d-\d\d/g)).toHaveLength(2)
    expect(paper).toContain('共 2 册')
    expect(paper).toContain('张')
    expect(paper).not.toContain('张思远')
    expect(paper).not.toContain(card)
  })

  it('打印机只看见这张纸', async () => {
    await a.page.evaluate(() => {
      window.print = () => undefined
    })
    await a.page.keyboard.press('Control+p')
    await a.page.getByTestId('slip-paper').waitFor({ state: 'attached' })
    expect(await a.page.getByTestId('slip-paper').isVisible()).toBe(false)
    await a.page.emulateMedia({ media: 'print' })
    expect(await shownInPrint(a.page)).toBe('cd-paper')
    await a.page.screenshot({ path: join(shots, 'slip-paper.print.png') })
    await a.page.emulateMedia({ media: 'screen' })
    await a.page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await watchPrinter(a)
  })

  it('外馆的书还到这里，调拨单写明送往哪里', async () => {
    await a.goTo('return')
    await a.returning.scanItem(fromElsewhere)
    await a.page.keyboard.press('Control+p')
    await expect.poll(() => lastPrintedBy(a), soon).toMatch(/调拨单\n送往：.*南山/)
  })

  it('主管改了文字，另一台也照新的打', async () => {
    await openSlips(a)
    await a.page
      .getByTestId('slip-text-zh')
      .fill('本馆凭条\n{{#loans}}\n{{title}}：{{dueOn}}\n{{/loans}}')
    expect(await a.page.getByTestId('slip-preview-zh').innerText()).toContain('平凡的世界：')
    await a.page.keyboard.press('Control+s')
    await a.page.getByTestId('slip-verdict').waitFor()
    await a.page.screenshot({ path: join(shots, 'slips.zh-CN.png') })
    await openSlips(b)
    await expect
      .poll(() => b.page.getByTestId('slip-text-zh').inputValue(), soon)
      .toMatch(/^本馆凭条\n/)
  })

  it('写错名称，用大白话说，改好才能存', async () => {
    await a.page.getByTestId('slip-text-en').fill('{{price}} {{#loans}}')
    const problems = a.page.getByTestId('slip-problems')
    await expect.poll(() => problems.innerText(), soon).toContain('大括号')
    await a.page.getByTestId('slip-text-en').fill('{{price}}')
    await expect.poll(() => problems.innerText(), soon).toContain('price')
    expect(await a.page.getByTestId('slip-save').isDisabled()).toBe(true)
    expect(await violations(a.page)).toEqual([])
    await a.page.getByTestId('slip-shipped').click()
    await expect.poll(() => problems.innerText(), soon).toBe('')
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
  })

  it('纸卡了，从今日清单补打', async () => {
    await a.goTo('today')
    await a.today.row('loan.check-out', first).click()
    await a.page.keyboard.press('Control+p')
    await expect.poll(() => lastPrintedBy(a), soon).toMatch(/^本馆凭条\n.+：\d{4}-\d\d-\d\d\n?$/)
    expect(city.complaints).toEqual([])
  })
})
