/** A day at the desk, from the issue that asked for it: lend, lose the network, come back. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCity } from './city.ts'
import type { RunningCity, RunningDesk } from './city.ts'
import { DeskPage } from './pages/desk-page.ts'

const card = '0440050000101'
const barcodes = [1, 2, 3, 4, 5].map((n) => `0440051000000${n}`)
const [first, second, third, fourth, fifth] = barcodes as [string, string, string, string, string]
/** Kept where a person can look at them; `npm run screenshots` makes those of the README. */
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let deskA: RunningDesk
let a: DeskPage
let b: DeskPage

const shoot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(shots, `story-${name}.png`) })
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  city = await startCity()
  deskA = await city.startDesk('A')
  a = new DeskPage(await deskA.open())
  b = new DeskPage(await (await city.startDesk('B')).open())
}, 180_000)
afterAll(() => city.stop(), 60_000)

describe('借还一日', () => {
  it('陈静在深圳图书馆登录', async () => {
    await shoot(a.page, '01-sign-in')
    await a.signIn('chen')
    await a.connection('online')
    expect(await a.page.getByTestId('status-who').innerText()).toContain('陈静')
  })

  it('扫读者证，借出三本：扫描枪、键盘口扫描枪、手工输入各一本', async () => {
    await a.goTo('lend')
    await a.lend.scanReader(card)
    await a.openVirtualScanner()
    await a.virtualScan(first)
    expect(await a.lend.answered(first)).toBe('done')
    expect(await a.lend.scanItem(second)).toBe('done')
    expect(await a.lend.typeItem(third)).toBe('done')
    expect((await a.lend.lastVerdict()).tone).toBe('done')
    await expect.poll(() => a.lend.loansCount().innerText()).toContain('3')
    await shoot(a.page, '02-three-lent')
  })

  it('拔掉网线，照样借出两本、还回一本，一切都在眼前', async () => {
    await a.allSent()
    await a.pullThePlug()
    expect(await a.lend.scanItem(fourth)).toBe('done')
    expect(await a.lend.scanItem(fifth)).toBe('done')
    await a.goTo('return')
    await a.returning.scanItem(first)
    expect((await a.returning.whereNext()).route).toBe('shelf')
    await shoot(a.page, '03-offline-return')
    expect(await a.pendingCount()).toBe(3)
    await a.goTo('reader')
    await a.reader.open(card)
    expect(await a.reader.loans().count()).toBe(4)
    await shoot(a.page, '04-offline-reader')
  })

  it('南山的服务台此时只知道前三本', async () => {
    await b.signIn('zhao')
    await b.goTo('reader')
    await b.reader.open(card)
    expect(await b.reader.loans().count()).toBe(3)
  })

  it('网络恢复后一秒之内，南山看到全部', async () => {
    await a.putThePlugBack()
    const backAt = performance.now()
    await b.reader.loan(fifth).waitFor({ timeout: 10_000 })
    await b.reader.loan(first).waitFor({ state: 'detached', timeout: 10_000 })
    const tookMs = performance.now() - backAt
    console.info(
      `the second desk showed it all ${Math.round(tookMs)} ms after the first was online`,
    )
    expect(await b.reader.loans().count()).toBe(4)
    await a.allSent()
    await shoot(b.page, '05-second-desk')
  })

  it('今日清单里能撤销，另一台也看到撤销', async () => {
    await a.goTo('today')
    await a.today.undo('loan.check-out', fifth)
    await b.reader.loan(fifth).waitFor({ state: 'detached', timeout: 10_000 })
    expect(await b.reader.loans().count()).toBe(3)
    await shoot(a.page, '06-today-undone')
  })

  it('页面没有触犯内容安全策略，也没有未处理的错误', () => {
    expect(city.complaints).toEqual([])
  })
})
