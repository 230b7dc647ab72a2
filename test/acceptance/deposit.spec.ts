/** A deposit from the day it is taken to the day it goes back: in the ledger, in the till, on paper. */
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

const lastPaper = async (): Promise<string> => (await printedBy(a)).at(-1) ?? ''

async function openReader(): Promise<void> {
  await a.goTo('reader')
  await a.reader.open(card)
}

/** Alt+T, the kind of card, what goes over the counter; Enter. */
async function changeTo(category: string): Promise<string> {
  await a.page.keyboard.press('Alt+t')
  await a.page.getByTestId('categories').locator(`input[value=${category}]`).check()
  const moved = await a.page.getByTestId('deposit-moved').innerText()
  await a.page.keyboard.press('Enter')
  await a.page.getByTestId('set-category').waitFor({ state: 'detached' })
  return moved
}

async function expectedInTill(): Promise<string> {
  await a.goTo('till')
  return a.money.expected().innerText()
}

describe('押金', () => {
  it('D17 钱箱没开，现金押金先不收', async () => {
    await openReader()
    await a.page.keyboard.press('Alt+t')
    await a.page.getByTestId('categories').locator('input[value=deposit-100]').check()
    await a.page.getByTestId('till-closed').waitFor()
    await a.page.screenshot({ path: join(shots, 'deposit-form.zh-CN.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.page.keyboard.press('Escape')
  })

  it('D17 开了钱箱，改办押金证，收一百元；账上、钱箱里都有', async () => {
    await a.goTo('till')
    await a.money.openTill('100')
    await openReader()
    expect(await changeTo('deposit-100')).toContain('收押金 ¥100.00')
    expect(await expectedInTill()).toBe('¥200.00')
    await openReader()
    await a.money.showFees()
    expect(await a.page.getByTestId('deposit-held').innerText()).toContain('押金 ¥100.00')
    await a.page.keyboard.press('Control+p')
    await expect.poll(lastPaper, soon).toMatch(/收款凭条[\s\S]*押金 {2}¥100\.00[\s\S]*现金/)
    await a.page.screenshot({ path: join(shots, 'deposit-held.zh-CN.png') })
    expect(await violations(a.page)).toEqual([])
  })

  it('D14 押金没退，不能注销', async () => {
    await a.page.keyboard.press('Alt+o')
    await a.page.getByTestId('close-reader').waitFor()
    await a.page.keyboard.press('Enter')
    await expect.poll(() => a.page.locator('main').innerText(), soon).toContain('押金未退')
    await a.page.keyboard.press('Escape')
  })

  it('D17 脱机改回励读证，退一百元；钱箱对得上，再注销', async () => {
    await a.pullThePlug()
    await openReader()
    expect(await changeTo('lidu')).toContain('退押金 ¥100.00')
    expect(await expectedInTill()).toBe('¥100.00')
    await a.goTo('today')
    await a.page.locator('[data-testid=today-row][data-kind="reader.set-category"]').first().click()
    await a.page.keyboard.press('Control+p')
    await expect.poll(lastPaper, soon).toMatch(/退款凭条[\s\S]*押金 {2}¥100\.00/)
    await openReader()
    await a.page.keyboard.press('Alt+o')
    await a.page.getByTestId('close-reader').waitFor()
    await a.page.keyboard.press('Enter')
    await a.page.getByTestId('close-reader').waitFor({ state: 'detached' })
    await a.putThePlugBack()
    await a.allSent()
    expect(await a.openExceptionsCount()).toBe(0)
    expect(city.complaints).toEqual([])
  })
})
