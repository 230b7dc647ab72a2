/** A hold from the desk where it is placed to the one where it is collected, with no line between. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import type { Language } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { printedBy, watchPrinter } from './printer.ts'
import { soon } from './soon.ts'

const borrower = '0440050000106'
const waiting = { card: '0440050000101', masked: '张**' }
const [ofNanshan, onShelfAtA] = ['04400610000009', '04400510000011'] as const
/** On the shelf in Nanshan; the kiosk is loaded by the main house. */
const forKiosk = { barcode: '04400610000010', kiosk: '红荔路口自助图书馆' }
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  city = await startCity()
  a = new DeskPage(await (await city.startDesk('A')).open())
  b = new DeskPage(await (await city.startDesk('B')).open())
  await watchPrinter(b)
  await a.signIn('chen')
  await b.signIn('zhao')
  await a.connection('online')
  await b.connection('online')
}, 180_000)
afterAll(() => city.stop(), 60_000)

const openTitleOf = async (desk: DeskPage, barcode: string): Promise<void> => {
  await desk.goTo('search')
  await desk.scan(barcode)
  await desk.page.getByTestId('item-card').getByText(barcode).waitFor()
  await desk.page.getByTestId('item-card').getByRole('link').first().click()
  await desk.page.getByTestId('title-card').waitFor()
}

const openReader = async (desk: DeskPage, card: string): Promise<void> => {
  await desk.goTo('reader')
  await desk.reader.open(card)
  await desk.page.getByTestId('reader-holds').waitFor()
}

/** What is wrong with a screen in each language; it is left in Chinese. */
async function wrongInBoth(desk: DeskPage, name: string): Promise<string[]> {
  const found: string[] = []
  for (const language of ['en', 'zh-CN'] satisfies Language[]) {
    await desk.setLanguage(language)
    await desk.page.screenshot({ path: join(shots, `holds-${name}.${language}.png`) })
    found.push(
      ...(await violations(desk.page)),
      ...(await wrongWords(desk.page, language)),
      ...(await outOfReach(desk.page)),
    )
  }
  return found
}

describe('预约的书，在断网的网点还回并取走', () => {
  it('书在南山借出；读者在深圳图书馆预约，到南山取', async () => {
    await b.goTo('lend')
    await b.lend.scanReader(borrower)
    expect(await b.lend.scanItem(ofNanshan)).toBe('done')
    await b.allSent()
    await openTitleOf(a, ofNanshan)
    expect(await a.holds.place(waiting.card, '南山图书馆')).toContain('第 1 位')
    expect(await wrongInBoth(a, '1-placed')).toEqual([])
    await a.allSent()
    await openReader(a, waiting.card)
    await expect.poll(() => a.holds.ofReader().count(), soon).toBe(1)
    expect(await a.holds.ofReader().innerText()).toContain('第 1 位')
    expect(await wrongInBoth(a, '2-reader')).toEqual([])
  })

  it('南山断网后书还回：上预约架，预约单写明给谁、留到哪天', async () => {
    await b.goTo('reader')
    await b.reader.open(waiting.card)
    await expect.poll(() => b.holds.ofReader().count(), soon).toBe(1)
    await b.page.keyboard.press('Escape')
    await b.pullThePlug()
    await b.goTo('return')
    await b.returning.scanItem(ofNanshan)
    const { route, text } = await b.returning.whereNext()
    expect(route).toBe('hold-shelf')
    expect(text).toContain(waiting.masked)
    expect(await b.page.getByTestId('hold-slip').innerText()).toMatch(/留到 \d{4}-\d\d-\d\d/)
    await b.page.keyboard.press('Control+p')
    await expect.poll(async () => (await printedBy(b)).length, soon).toBe(1)
    const [slip = ''] = await printedBy(b)
    expect(slip).toMatch(/^预约[^]*张\*\* {2}…0101[^]*保留至 \d{4}-\d\d-\d\d/)
    expect(slip).toContain(ofNanshan)
    expect(await wrongInBoth(b, '3-trapped')).toEqual([])
    await b.goTo('holds')
    await b.holds.show('shelf')
    await b.holds.shelfRow(ofNanshan).waitFor()
    await b.holds.shelfRow(ofNanshan).getByTestId('print-again').click()
    await expect.poll(async () => (await printedBy(b)).length, soon).toBe(2)
    expect((await printedBy(b)).at(-1)).toMatch(/张\*\* {2}…0101[^]*保留至/)
    expect(await wrongInBoth(b, '4-shelf')).toEqual([])
  })

  it('夹条卡了纸：今日列表里再打一次，和借还凭条一样', async () => {
    await b.goTo('today')
    await b.today.row('loan.check-in', ofNanshan).click()
    await b.page.getByTestId('reprint-slip').waitFor()
    expect(await wrongInBoth(b, '4-slip-again')).toEqual([])
    await b.page.keyboard.press('Alt+p')
    await expect.poll(async () => (await printedBy(b)).length, soon).toBe(3)
    expect((await printedBy(b)).at(-1)).toMatch(/^预约[^]*张\*\* {2}…0101[^]*保留至/)
    await b.goTo('holds')
  })

  it('还没过期就清：放回预约架', async () => {
    const { route, text } = await b.holds.scan(ofNanshan)
    expect([route, text.includes('留到')]).toEqual([null, true])
    await b.holds.shelfRow(ofNanshan).waitFor()
  })

  it('仍然断网，读者来取：借出即完成预约', async () => {
    await b.goTo('lend')
    await b.lend.nextReaderIfAny()
    await b.lend.scanReader(waiting.card)
    expect(await b.lend.scanItem(ofNanshan)).toBe('done')
    await b.goTo('holds')
    await b.holds.shelfRow(ofNanshan).waitFor({ state: 'detached' })
  })

  it('联网后全市一致：预约已取，没有例外', async () => {
    await b.putThePlugBack()
    await b.allSent()
    await openReader(a, waiting.card)
    await expect.poll(() => a.holds.ofReader().count(), soon).toBe(0)
    await a.reader.loan(ofNanshan).waitFor()
    for (const desk of [a, b]) expect(await desk.openExceptionsCount()).toBe(0)
  })
})

describe('架上有书的预约，和没人来取的', () => {
  it('进取书单，取下扫一遍就上预约架', async () => {
    await openTitleOf(a, onShelfAtA)
    await a.holds.place(waiting.card, null)
    await a.goTo('holds')
    await a.holds.show('pull')
    const row = a.page.getByTestId('pull-row').first()
    await row.waitFor()
    expect(await wrongInBoth(a, '5-pull')).toEqual([])
    const barcode = (await row.getAttribute('data-barcode')) ?? ''
    expect((await a.holds.scan(barcode)).route).toBe('hold-shelf')
    await a.holds.pullRow(barcode).waitFor({ state: 'detached' })
    expect(await wrongInBoth(a, '6-fetched')).toEqual([])
    await a.holds.show('shelf')
    await a.holds.shelfRow(barcode).waitFor()
  })

  it('逾期没有人来取的，扫一遍就知道去哪里', async () => {
    await b.goTo('holds')
    await b.holds.show('shelf')
    const row = b.page.locator('[data-testid=shelf-row][data-state=expired]').first()
    await row.waitFor()
    const barcode = (await row.getAttribute('data-barcode')) ?? ''
    const { route } = await b.holds.scan(barcode)
    expect(['shelf', 'transit']).toContain(route)
    await b.holds.shelfRow(barcode).waitFor({ state: 'detached' })
    expect(city.complaints).toEqual([])
  })
})

describe('在街头自助机取的预约', () => {
  it('预约到自助机，由深圳图书馆装书', async () => {
    await openTitleOf(a, forKiosk.barcode)
    const placed = await a.holds.place(waiting.card, '红荔路口')
    expect(placed).toContain(`自助机 · ${forKiosk.kiosk}`)
    expect(await wrongInBoth(a, '7-kiosk-placed')).toEqual([])
    await a.allSent()
  })

  it('书在南山还回：最大的字是送哪台自助机，调拨单写明由谁装入', async () => {
    await b.goTo('reader')
    await b.reader.open(waiting.card)
    await expect.poll(() => b.holds.ofReader().count(), soon).toBe(2)
    await b.page.keyboard.press('Escape')
    await b.goTo('return')
    await b.returning.scanItem(forKiosk.barcode)
    const { route, text } = await b.returning.whereNext()
    expect([route, text]).toEqual([
      'transit',
      expect.stringContaining(`送自助机 ${forKiosk.kiosk}`),
    ])
    const slipsBefore = (await printedBy(b)).length
    await b.page.keyboard.press('Control+p')
    await expect.poll(async () => (await printedBy(b)).length, soon).toBe(slipsBefore + 1)
    expect((await printedBy(b)).at(-1)).toContain(`${forKiosk.kiosk}（由 深圳图书馆 装入）`)
    expect(await wrongInBoth(b, '8-to-kiosk')).toEqual([])
    await b.allSent()
  })

  it('到了深圳图书馆：装入自助机；断网也能扫着装', async () => {
    await openReader(a, waiting.card)
    await expect
      .poll(() => a.holds.ofReader().allInnerTexts(), soon)
      .toContainEqual(expect.stringContaining('送往取书网点'))
    await a.pullThePlug()
    await a.goTo('return')
    await a.returning.scanItem(forKiosk.barcode)
    const { route, text } = await a.returning.whereNext()
    expect([route, text]).toEqual([
      'kiosk',
      expect.stringContaining(`装入自助机 ${forKiosk.kiosk}`),
    ])
    expect(await wrongInBoth(a, '9-arrived')).toEqual([])
    await a.goTo('holds')
    await a.holds.show('kiosk')
    await a.holds.shelfRow(forKiosk.barcode).waitFor()
    expect(await wrongInBoth(a, '10-to-load')).toEqual([])
    const loaded = await a.holds.scan(forKiosk.barcode)
    expect([loaded.route, loaded.text]).toEqual([
      'loaded',
      expect.stringMatching(/已装入 红荔路口自助图书馆[^]*留到 \d{4}-\d\d-\d\d/),
    ])
    await a.holds.shelfRow(forKiosk.barcode).waitFor({ state: 'detached' })
  })

  it('预约架按自助机分组，列着机里的书；读者取走即完成', async () => {
    await a.holds.show('shelf')
    await a.holds.shelfRow(forKiosk.barcode).waitFor()
    expect(await a.page.getByTestId('kiosk-group').allInnerTexts()).toEqual([
      `自助机 · ${forKiosk.kiosk}`,
    ])
    expect(await wrongInBoth(a, '11-in-kiosk')).toEqual([])
    await a.putThePlugBack()
    await a.allSent()
    await b.goTo('lend')
    await b.lend.nextReaderIfAny()
    await b.lend.scanReader(waiting.card)
    expect(await b.lend.scanItem(forKiosk.barcode)).toBe('done')
    await b.allSent()
    await a.holds.shelfRow(forKiosk.barcode).waitFor({ state: 'detached' })
    for (const desk of [a, b]) expect(await desk.openExceptionsCount()).toBe(0)
    expect(city.complaints).toEqual([])
  })
})
