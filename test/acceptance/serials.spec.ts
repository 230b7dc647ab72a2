/** A monthly at a branch: subscribed, checked in by scan at two desks, claimed, bound, unbound again; hands on the keyboard. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const ISSN = '0583-1288'
const TITLE = '收获'
/** Any name that the sample city knows. */
const VENDOR = '收获文学杂志社'

/** As a cover has it: 977, the ISSN, the year, the check digit, and the issue beside it. */
function cover(issue: number): string {
  const first12 = `977${ISSN.replace('-', '').slice(0, 7)}00`
  const sum = Array.from(first12, Number).reduce(
    (total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3),
    0,
  )
  return `${first12}${(10 - (sum % 10)) % 10}${String(issue).padStart(2, '0')}`
}

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  city = await startCity()
  a = new DeskPage(await (await city.startDesk('A')).open())
  b = new DeskPage(await (await city.startDesk('D')).open())
  for (const desk of [a, b]) {
    await desk.signIn('lin')
    await desk.connection('online')
  }
}, 180_000)
afterAll(() => city.stop(), 60_000)

const serialsOf = ({ page }: DeskPage) => ({
  banner: page.getByTestId('serial-banner'),
  foreseen: page.getByTestId('sub-foreseen'),
  row: page.getByTestId('subscription-row').filter({ hasText: TITLE }),
  cell: (ordinal: number) => page.locator(`[data-testid=issue-cell][data-ordinal="${ordinal}"]`),
  letter: page.getByTestId('claim-letter'),
})
const standing = (desk: DeskPage, ordinal: number) => () =>
  serialsOf(desk).cell(ordinal).getAttribute('data-standing')

describe('报刊', () => {
  it('订购：检索到期刊，一个键开始，推算出全年各期', async () => {
    await a.goTo('search')
    await a.page.keyboard.type(TITLE)
    await a.page.getByTestId('title-row').filter({ hasText: TITLE }).first().click()
    await a.page.getByTestId('subscribe').waitFor()
    await a.page.keyboard.press('Alt+j')
    await a.page.getByTestId('sub-firstOn').fill('2026-01-05')
    await a.page.getByTestId('sub-copies').fill('2')
    await a.page.getByTestId('sub-shelf').fill('报刊阅览区')
    await a.page.getByTestId('sub-vendor').fill(VENDOR)
    await expect.poll(() => serialsOf(a).foreseen.getAttribute('data-count'), soon).toBe('12')
    await a.page.keyboard.press('Control+s')
    await serialsOf(a).row.waitFor()
    await serialsOf(a).cell(12).waitFor()
    await a.allSent()
  })

  it('两台都断着线，各扫到同一期：合为一期，份数相加', async () => {
    await b.goTo('serials')
    await serialsOf(b).row.click()
    await serialsOf(b).cell(11).waitFor()
    await a.pullThePlug()
    await b.pullThePlug()
    for (const desk of [a, b]) {
      await desk.goTo('serials')
      await desk.scan(cover(11))
      await expect
        .poll(() => serialsOf(desk).banner.textContent(), soon)
        .toContain('第 1 份，共订 2 份')
      expect(await serialsOf(desk).banner.getAttribute('data-tone')).toBe('done')
    }
    await a.page.screenshot({ path: join(shots, 'serials-zh.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    for (const desk of [a, b]) {
      await desk.putThePlugBack()
      await desk.allSent()
    }
    for (const desk of [a, b]) {
      await expect.poll(standing(desk, 11), soon).toBe('arrived')
    }
  })

  it('逾期的一次催缺，函文写好；后来到的照收', async () => {
    await a.page.keyboard.press('Alt+l')
    await serialsOf(a).letter.waitFor()
    expect(await serialsOf(a).letter.inputValue()).toContain(VENDOR)
    await expect.poll(standing(a, 10), soon).toBe('claimed')
    for (const issue of [1, 2, 10]) {
      await a.scan(cover(issue))
      await expect
        .poll(() => serialsOf(a).banner.textContent(), soon)
        .toContain(`第 ${issue} 期 · 第 1 份`)
    }
    await expect.poll(standing(a, 10), soon).toBe('partly')
    await a.allSent()
    await expect.poll(standing(b, 10), soon).toBe('partly')
  })

  it('装订成册，另一台看得到', async () => {
    await a.page.keyboard.press('Alt+b')
    await a.page.getByTestId('bind-form').waitFor()
    await a.page.screenshot({ path: join(shots, 'serials-bind.png') })
    await a.scan('04400570000001')
    await expect.poll(standing(a, 1), soon).toBe('bound')
    await a.allSent()
    await expect.poll(standing(b, 1), soon).toBe('bound')
    await b.goTo('search')
    await b.setLanguage('en')
    await b.setAppearance(1)
    await b.goTo('serials')
    await b.page.keyboard.press('Alt+ArrowDown')
    await serialsOf(b).cell(1).waitFor()
    await b.page.screenshot({ path: join(shots, 'serials-en-dark.png') })
    expect(await violations(b.page)).toEqual([])
    expect(await wrongWords(b.page, 'en')).toEqual([])
    expect(city.complaints).toEqual([])
  })

  it('撤销装订，各期又是散刊，另一台也是', async () => {
    await a.goTo('today')
    await a.page.locator('[data-testid=today-row][data-kind="serial.bind"]').first().click()
    await a.page.keyboard.press('u')
    await a.goTo('serials')
    await serialsOf(a).row.click()
    await expect.poll(standing(a, 1), soon).not.toBe('bound')
    const loose = await standing(a, 1)()
    await a.allSent()
    await expect.poll(standing(b, 1), soon).toBe(loose)
  })
})
