/** `npm run screenshots`: the pictures of the README, from the sample city at work. */
import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import type { Language } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'

const folder = resolve(import.meta.dirname, '..', '..', 'docs', 'screenshots')
const KB_MAX = 200

const adult = '0440050000101'
const late = '0440050000102'
const other = '0440050000106'
/** The sample city keeps these on the shelf where desk A stands, and at Nanshan where desk B does. */
const here = (number: number): string => `044005${10_000_000 + number}`
const nanshan = (number: number): string => `044006${10_000_000 + number}`

type Shoot = (page: Page, name: string) => Promise<void>

async function shootInto(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  const kb = Math.ceil(statSync(path).size / 1024)
  if (kb > KB_MAX) throw new Error(`${name}.png has ${kb} KB; at most ${KB_MAX}`)
  process.stdout.write(`${name}.png ${kb} KB\n`)
}

/** One book that two desks lent while neither had a line. */
async function makeClash(a: DeskPage, b: DeskPage): Promise<void> {
  await a.connection('online')
  await b.connection('online')
  await a.pullThePlug()
  await b.pullThePlug()
  await lend(a, adult, [here(5)])
  await lend(b, other, [here(5)])
  await a.putThePlugBack()
  await a.allSent()
  await b.putThePlugBack()
  await b.allSent()
}

async function lend(desk: DeskPage, card: string, barcodes: readonly string[]): Promise<void> {
  await desk.goTo('lend')
  await desk.lend.nextReaderIfAny()
  await desk.lend.typeReader(card)
  for (const barcode of barcodes) await desk.lend.typeItem(barcode)
}

async function takeBack(desk: DeskPage, barcodes: readonly string[]): Promise<void> {
  await desk.goTo('return')
  for (const barcode of barcodes) await desk.returning.typeItem(barcode)
}

/** A morning's work, so that no list is empty. */
async function work(a: DeskPage): Promise<void> {
  await lend(a, other, [here(8), here(9), here(12)])
  await takeBack(a, [here(8), nanshan(2), here(12)])
  await lend(a, adult, [here(1), here(2), here(13)])
}

async function shootScreens(a: DeskPage, shoot: Shoot): Promise<void> {
  // Esc gives the focus back to the field, where it is at work.
  await a.goTo('lend')
  await a.page.keyboard.press('Escape')
  await shoot(a.page, 'lend')
  await a.goTo('return')
  await a.page.keyboard.press('Escape')
  await shoot(a.page, 'return')
  await a.goTo('search')
  await a.search.type('hlm')
  await a.search.titles().first().waitFor()
  await a.search.openTitle('红楼梦')
  await a.search.items().first().waitFor()
  await shoot(a.page, 'search')
  await a.goTo('exceptions')
  await a.exceptions.open('open-loan-other')
  await shoot(a.page, 'exceptions')
  await a.goTo('reader')
  await a.reader.open(late)
  await a.reader.loans().nth(2).waitFor()
  await shoot(a.page, 'reader')
  await a.page.keyboard.press('Escape')
  await a.goTo('today')
  await a.today.rows().nth(5).waitFor()
  await shoot(a.page, 'today')
}

async function shootAll(city: RunningCity): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const a = new DeskPage(await (await city.startDesk('A')).open())
  const b = new DeskPage(await (await city.startDesk('B')).open())
  const languages: readonly Language[] = ['zh-CN', 'en']
  await a.connection('online')
  await a.page.getByTestId('status-where').getByText('图书馆').waitFor()
  for (const language of languages) {
    await a.setLanguage(language)
    await shootInto(a.page, `sign-in.${language}`)
  }
  await a.signIn('wu')
  await b.signIn('zhao')
  await makeClash(a, b)
  await work(a)
  await a.allSent()
  for (const language of languages) {
    await a.setLanguage(language)
    await shootScreens(a, (page, name) => shootInto(page, `${name}.${language}`))
  }
  await a.setLanguage('zh-CN')
  await a.setAppearance(1)
  await shootScreens(a, (page, name) => shootInto(page, `${name}.dark`))
  if (city.complaints.length > 0) throw new Error(city.complaints.join('\n'))
}

const city = await startCity()
try {
  await shootAll(city)
} finally {
  await city.stop()
}
