/** A stack on the pad, a book lifted too early, and scans that come while something else is open. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import type { Language } from './look.ts'
import { startOneDesk } from './one-desk.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'

const reader = '0440050000106'
const stack = [1, 2, 3, 4, 5, 7, 8, 9].map((n) => `0440051000000${n}`)
const [lifted, more, unknown] = ['04400510000011', '04400510000014', '04400599999999'] as const
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let desk: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  ;({ city, desk } = await startOneDesk('chen'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

/** What is wrong with the screen in each language; it is left in Chinese. */
async function wrongInBoth(name: string): Promise<string[]> {
  const found: string[] = []
  for (const language of ['en', 'zh-CN'] satisfies Language[]) {
    await desk.setLanguage(language)
    await desk.page.screenshot({ path: join(shots, `pads-${name}.${language}.png`) })
    found.push(
      ...(await violations(desk.page)),
      ...(await wrongWords(desk.page, language)),
      ...(await outOfReach(desk.page)),
    )
  }
  return found
}

const tagsOnPad = () => desk.page.getByTestId('virtual-pad')
const debt = () => desk.page.getByTestId('pad-debt')

describe('读写板', () => {
  it('八本书叠在读写板上，读者出示读者证，一次借出，防盗全部解除', async () => {
    await desk.goTo('lend')
    await desk.openVirtualScanner()
    for (const barcode of stack) await desk.layOnPad(barcode)
    await expect.poll(() => tagsOnPad().getAttribute('data-count'), soon).toBe('8')
    await desk.virtualScan(reader)
    for (const barcode of stack) expect(await desk.lend.answered(barcode)).toBe('done')
    expect(await desk.lend.rows().count()).toBe(8)
    // Nothing is owed: what the gate goes by follows while the stack lies there.
    await expect.poll(() => debt().count(), soon).toBe(0)
    expect(await wrongInBoth('1-lent')).toEqual([])
    await desk.page.screenshot({ path: join(shots, 'pads-1-lent.png') })
  })

  it('设备页上看得到每张标签：书、防盗、内容', async () => {
    await desk.goTo('devices')
    const tags = desk.page.getByTestId('pad-tag')
    await expect.poll(() => tags.count(), soon).toBe(8)
    await expect
      .poll(() => desk.page.locator('[data-testid=pad-tag][data-security=on-loan]').count(), soon)
      .toBe(8)
    await tags.first().locator('summary').click()
    const scanned = desk.page.locator('[data-testid=device]', {
      has: desk.page.getByTestId('last-report'),
    })
    await scanned.first().locator('summary').click()
    expect(await scanned.first().getByTestId('last-meaning').innerText()).toContain('Code 128')
    expect(await desk.page.getByTestId('setup-maker').count()).toBe(3)
    await desk.page.keyboard.press('Alt+u')
    await desk.page.getByTestId('no-debts').waitFor()
    expect(await wrongInBoth('2-devices')).toEqual([])
  })

  it('拿得太早：欠着的防盗一直看得见，放回后补办', async () => {
    for (const barcode of stack) await desk.liftFromPad(barcode)
    await expect.poll(() => tagsOnPad().getAttribute('data-count'), soon).toBe('0')
    await desk.goTo('lend')
    await desk.page.keyboard.press('F2')
    await desk.layOnPad(lifted)
    await expect.poll(() => tagsOnPad().getAttribute('data-count'), soon).toBe('1')
    // It is taken away before the reader's card; the book is lent from its label.
    await desk.liftFromPad(lifted)
    await expect.poll(() => tagsOnPad().getAttribute('data-count'), soon).toBe('0')
    await desk.virtualScan(reader)
    await desk.page.getByTestId('reader-panel').waitFor()
    expect(await desk.lend.scanItem(lifted)).toBe('done')
    await expect.poll(() => debt().getAttribute('data-count'), soon).toBe('1')
    expect(await debt().innerText()).toContain(lifted)
    expect(await wrongInBoth('3-owed')).toEqual([])
    // Told to the city: any desk may have it next.
    await desk.goTo('devices')
    await desk.page.locator(`[data-testid=debt][data-barcode="${lifted}"]`).waitFor()
    expect(await wrongInBoth('3-owed-devices')).toEqual([])
    await desk.goTo('lend')
    await desk.layOnPad(lifted)
    await desk.page.getByTestId('pad-repaired').waitFor()
    await expect.poll(() => debt().count(), soon).toBe(0)
    // Put back for the gate's sake: that is no second loan.
    expect(await desk.lend.rows().count()).toBe(1)
    expect(await wrongInBoth('4-repaired')).toEqual([])
  })
})

describe('扫码与别的事同时', () => {
  it('对话框开着时扫的码留着，关上后办一次', async () => {
    await desk.liftFromPad(lifted)
    expect(await desk.lend.scanItem(unknown)).toBe('deciding')
    await desk.virtualScan(more)
    await desk.scansWaiting().waitFor()
    expect(await desk.lend.row(more).count()).toBe(0)
    await desk.page.keyboard.press('Escape')
    expect(await desk.lend.answered(more)).toBe('done')
    expect(await desk.page.locator(`[data-testid=lend-row][data-barcode="${more}"]`).count()).toBe(
      1,
    )
  })

  it('在检索框里打字时旁边扫码，两者不混', async () => {
    await desk.goTo('search')
    const field = desk.page.getByTestId('search-text')
    await field.pressSequentially('san guo', { delay: 120 })
    await desk.scan(more)
    await desk.page.getByTestId('item-card').getByText(more).waitFor()
    // Neither did the code get the letters, nor the field the digits.
    expect(desk.page.url()).toMatch(new RegExp(`barcode=${more}$`))
    await desk.page.goBack()
    expect(await field.inputValue()).not.toContain(more.slice(0, 4))
  })
})

describe('写标签，线路断着', () => {
  const [first, second, third] = ['04400510000015', '04400510000017', '04400510000018'] as const
  const onPad = () => desk.page.getByTestId('encode-pad').getAttribute('data-count')
  const written = () => desk.page.locator('[data-testid=tag-write][data-state=done]').count()
  const verdict = () => desk.page.getByTestId('verdict')

  it('空白标签放一张、扫条码，写好再换下一册', async () => {
    await desk.signOut()
    await desk.signIn('wu')
    await desk.pullThePlug()
    await desk.goTo('encode')
    await desk.page.getByTestId('encoded-none').waitFor()
    expect(await wrongInBoth('5-encode-empty')).toEqual([])
    await desk.page.getByTestId('virtual-blank').click()
    await expect.poll(onPad, soon).toBe('1')
    await desk.virtualScan(first)
    await expect.poll(written, soon).toBe(1)
    await expect.poll(() => verdict().getAttribute('data-tone'), soon).toBe('done')
  })

  it('放着两张就不写，拿开一张再扫', async () => {
    await desk.page.getByTestId('virtual-blank').click()
    await expect.poll(onPad, soon).toBe('2')
    await desk.virtualScan(second)
    await expect.poll(() => verdict().innerText(), soon).toContain('不止一个标签')
    expect(await wrongInBoth('6-encode-two')).toEqual([])
    expect(await written()).toBe(1)
    await desk.liftFromPad(first)
    await expect.poll(onPad, soon).toBe('1')
    await desk.virtualScan(second)
    await expect.poll(written, soon).toBe(2)
  })

  it('别的系统的标签先问再覆盖，问的时候扫码等着', async () => {
    await desk.liftFromPad(second)
    await expect.poll(onPad, soon).toBe('0')
    await desk.page.getByTestId('virtual-foreign').click()
    await expect.poll(onPad, soon).toBe('1')
    await desk.virtualScan(third)
    await desk.page.getByTestId('overwrite').waitFor()
    expect(await verdict().innerText()).toContain('别的系统的内容')
    expect(await wrongInBoth('7-encode-foreign')).toEqual([])
    await desk.virtualScan(first)
    await desk.scansWaiting().waitFor()
    await desk.page.keyboard.press('Alt+o')
    await expect.poll(written, soon).toBe(3)
    // The scan that waited is told that this tag is another item's now.
    await desk.page.getByTestId('leave-tag').waitFor()
    await desk.page.keyboard.press('Escape')
    expect(await wrongInBoth('8-encode-done')).toEqual([])
    await desk.page.screenshot({ path: join(shots, 'pads-8-encode-done.png') })
  })
})
