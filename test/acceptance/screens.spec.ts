/** Every screen, as a person finds it: both languages, light and dark, large, small, and by keys alone. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maskedName } from '../../domain/words/masked-name.ts'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import type { Language } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'

const withLoans = '0440050000102'
const blocked = '0440050000103'
const [lent, shelved, decided, abroad, unheardOf] = [
  '04400510000001',
  '04400510000002',
  '04400510000003',
  '04400610000001',
  '04400599999999',
] as const
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let desk: DeskPage
let page: Page

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  city = await startCity()
  page = await (await city.startDesk('A')).open()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  desk = new DeskPage(page)
  await page.getByTestId('sample-chen').waitFor()
}, 180_000)
afterAll(() => city.stop(), 60_000)

interface Appearance {
  readonly language: Language
  readonly theme: 'light' | 'dark'
  readonly width: number
  readonly height: number
}
type Inspect = (name: string) => Promise<void>

/** Signed out; what one finds on each screen is gathered, so that one run shows all of it. */
async function walk({ language, theme, width, height }: Appearance): Promise<string[]> {
  const found: string[] = []
  const inspect: Inspect = async (name) => {
    await page.waitForFunction(() => document.querySelector('.cd-loading, .ant-spin') === null)
    const shot = `${name}.${language}.${theme}.${width}.png`
    await page.screenshot({ path: join(shots, shot) })
    const wrong = [
      ...(await violations(page)),
      ...(await wrongWords(page, language)).map((text) => `words: ${text}`),
      ...(await outOfReach(page)).map((text) => `out of reach: ${text}`),
    ]
    found.push(...wrong.map((text) => `${name}: ${text}`))
  }
  await page.setViewportSize({ width, height })
  await desk.setLanguage(language)
  await desk.setAppearance(theme === 'light' ? 0 : 1)
  await inspect('sign-in')
  await desk.signIn('chen')
  await lendScreens(inspect)
  await returnScreen(inspect)
  await readerScreens(inspect)
  await catalogueScreens(inspect)
  await desk.signOut()
  await desk.signIn('wu')
  await moneyScreens(inspect)
  await headScreens(inspect)
  await floatingThings(inspect)
  await desk.signOut()
  return found
}

async function lendScreens(inspect: Inspect): Promise<void> {
  await desk.goTo('lend')
  await desk.lend.nextReaderIfAny()
  await inspect('lend')
  await desk.lend.typeReader(withLoans)
  await desk.lend.typeItem(lent)
  if ((await desk.lend.row(lent).getAttribute('data-state')) === 'deciding') {
    await inspect('lend-renew')
    await desk.lend.leaveDecision()
  }
  await inspect('lend-loans')
  await desk.lend.nextReader()
  await desk.lend.typeReader(blocked)
  expect(await desk.lend.typeItem(decided)).toBe('deciding')
  await desk.scan(shelved)
  await page.getByTestId('scans-waiting').waitFor()
  await inspect('lend-decision')
  await page.getByTestId('decision-leave').press('Escape')
  expect(await desk.lend.answered(shelved)).toBe('deciding')
  await desk.lend.leaveDecision()
  await desk.lend.nextReader()
  await desk.lend.scanReader('0440050099999')
  await inspect('lend-unknown-card')
  await desk.lend.nextReader()
}

async function returnScreen(inspect: Inspect): Promise<void> {
  await desk.goTo('return')
  await inspect('return')
  await desk.returning.typeItem(abroad)
  await inspect('return-transit')
  await desk.returning.bookDrop('2026-11-20')
  await desk.returning.typeItem(shelved)
  await inspect('return-book-drop')
  await desk.returning.bookDrop(null)
  await page.keyboard.press('F2')
}

async function readerScreens(inspect: Inspect): Promise<void> {
  await desk.goTo('reader')
  await page.getByTestId('find-reader').fill('李')
  await page.getByTestId('found-reader').first().waitFor()
  await inspect('reader-find')
  await desk.reader.open(withLoans)
  await desk.reader.renewAll()
  await page.getByTestId('renew-override').first().waitFor()
  await inspect('reader')
  await page.getByTestId('renew-override').first().click()
  await desk.lend.decision().waitFor()
  await inspect('reader-decision')
  await desk.lend.leaveDecision()
  await page.keyboard.press('Escape')
  await desk.goTo('register')
  await page.getByTestId('born-on').fill('2018-05-01')
  await page.getByTestId('guardian-card').fill('0440050000106')
  await page.getByTestId('register').click()
  await page.locator('[data-testid=verdict][data-tone=needs-you]').waitFor()
  await inspect('register')
}

async function catalogueScreens(inspect: Inspect): Promise<void> {
  await desk.goTo('search')
  await inspect('search-empty')
  await desk.search.type('sanguo')
  await desk.search.titles().first().waitFor()
  await desk.search.titles().first().click()
  await page.getByTestId('title-card').waitFor()
  await inspect('search')
  await desk.search.type('zzzzqq')
  await desk.search.titles().first().waitFor({ state: 'detached' })
  await inspect('search-nothing')
  await desk.search.type('')
  await desk.scan(shelved)
  await page.getByTestId('item-card').waitFor()
  await page.getByTestId('mark-damaged').click()
  await inspect('item')
  await page.keyboard.press('Escape')
}

/** A till is opened once, and a fee charged each time: what is owed is never empty. */
async function moneyScreens(inspect: Inspect): Promise<void> {
  await desk.goTo('till')
  await page.getByTestId('till-float').or(page.getByTestId('count-till')).waitFor()
  await inspect('till')
  if (await page.getByTestId('till-float').isVisible()) await desk.money.openTill('100')
  await desk.money.count({ 5000: 1 })
  await inspect('till-count')
  await page.keyboard.press('Escape')
  await desk.goTo('reader')
  await desk.reader.open(withLoans)
  await desk.money.showFees()
  await page.keyboard.press('Alt+c')
  await page.getByTestId('charge').waitFor()
  await inspect('fees-charge')
  await page.keyboard.press('Escape')
  await desk.money.charge('label')
  await page.getByTestId('open-fee').first().waitFor()
  await page.keyboard.press('Alt+p')
  await page.getByTestId('pay-given').fill('50')
  await inspect('fees-pay')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+w')
  await page.getByTestId('waive-reason').waitFor()
  await inspect('fees-waive')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
}

/** One record, of which nothing but the leader is left: its import has something to report. */
function aBrokenFile(): string {
  const path = join(shots, 'broken.mrc')
  writeFileSync(path, '00099nam0 2200025   450 \u001e\u001d', 'latin1')
  return path
}

/** What only a branch head sees whole: import, and the settling of exceptions. */
async function headScreens(inspect: Inspect): Promise<void> {
  await desk.goTo('import')
  await desk.importing.importFile(aBrokenFile())
  await inspect('import')
  await desk.goTo('exceptions')
  await desk.exceptions.open('unknown-item')
  await inspect('exceptions')
  await desk.goTo('today')
  await desk.today.rows().first().waitFor()
  await inspect('today')
  await desk.goTo('devices')
  await desk.scan(shelved)
  await page.getByTestId('last-scan').getByText(shelved).waitFor()
  await inspect('devices')
}

async function floatingThings(inspect: Inspect): Promise<void> {
  await desk.openVirtualScanner()
  await page.getByTestId('virtual-item').first().waitFor()
  await inspect('virtual-scanner')
  await page.getByTestId('toggle-virtual-scanner').click()
  await page.keyboard.press('F1')
  await page.getByRole('dialog').waitFor()
  await inspect('keys')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+k')
  await page.getByTestId('palette-text').fill('san')
  await page.getByRole('option').nth(1).waitFor()
  await inspect('palette')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await desk.pullThePlug()
  await desk.goTo('search')
  await inspect('offline')
  await desk.putThePlugBack()
}

describe('Every screen', () => {
  it('something to see: a book that the city has not heard of, lent', async () => {
    await desk.signIn('chen')
    await desk.goTo('lend')
    await desk.lend.typeReader('0440050000101')
    expect(await desk.lend.typeItem(unheardOf)).toBe('deciding')
    await desk.lend.confirmDecision()
    expect(await desk.lend.answered(unheardOf)).toBe('done')
    await desk.allSent()
    await desk.signOut()
  })

  const ordinary = { width: 1366, height: 768 }
  it.each<[string, Appearance]>([
    ['中文，浅色', { language: 'zh-CN', theme: 'light', ...ordinary }],
    ['English, dark', { language: 'en', theme: 'dark', ...ordinary }],
    ['中文，深色', { language: 'zh-CN', theme: 'dark', ...ordinary }],
    ['English, light', { language: 'en', theme: 'light', ...ordinary }],
    ['中文，大屏幕', { language: 'zh-CN', theme: 'light', width: 1920, height: 1080 }],
    ['English, magnified', { language: 'en', theme: 'light', width: 910, height: 512 }],
  ])('%s', { timeout: 180_000 }, async (_says, appearance) => {
    expect(await walk(appearance)).toEqual([])
  })
})

/** What has the focus: its test id, or the words on it; `ring` tells whether that can be seen. */
const focused = (): Promise<{ name: string; ring: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    const { outlineStyle, boxShadow } = getComputedStyle(element)
    // The buttons of a choice are one stop, named by the choice.
    const choice = element.closest<HTMLElement>('[role=radiogroup]')
    const named = element.dataset['testid'] ?? choice?.dataset['testid']
    const name = named ?? element.innerText.replace(/\s+/g, ' ').trim()
    return { name, ring: outlineStyle !== 'none' || boxShadow !== 'none' }
  })

/** From the top of the page to its end by Tab alone. */
async function tabThrough(stepsMax: number): Promise<{ name: string; ring: boolean }[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.locator('.cd-brand').click()
  const stops = []
  for (let step = 0; step < stepsMax; step += 1) {
    await page.keyboard.press('Tab')
    const stop = await focused()
    stops.push(stop)
    if (stop.name === 'plug') break
  }
  return stops
}

const railOfChen = [
  'room-desk',
  'room-branch',
  ...['lend', 'return', 'reader', 'search', 'today', 'exceptions', 'register'].map(
    (name) => `nav-${name}`,
  ),
  'nav-till',
  'nav-transfers',
  'nav-holds',
  'nav-offline',
  'open-palette',
  'open-keys',
  'open-settings',
  'sign-out',
]

describe('只用键盘', () => {
  beforeAll(async () => {
    await page.setViewportSize({ width: 1366, height: 768 })
    await desk.setLanguage('zh-CN')
    await desk.signIn('chen')
    await desk.goTo('lend')
  })

  it('一上来就能输入：光标在借书框里', async () => {
    await page.keyboard.insertText(withLoans)
    expect(await page.getByTestId('entry').inputValue()).toBe(withLoans)
    await page.keyboard.press('Enter')
    await page.getByTestId('reader-panel').getByText(withLoans).waitFor()
  })

  it('Tab 依次到达借书界面的每一个控件，每一处都看得见', async () => {
    expect(await desk.lend.typeItem('04400510000011')).toBe('done')
    const stops = await tabThrough(40)
    expect(stops.map(({ name }) => name)).toEqual([
      ...railOfChen,
      'entry',
      'open-list',
      'next-reader',
      'reveal',
      '查看全部借阅',
      'lend-mode',
      'due-choice-open',
      'print-receipt',
      'lend-rows',
      '撤销',
      'toggle-virtual-scanner',
      'plug',
    ])
    expect(stops.filter(({ ring }) => !ring)).toEqual([])
  })

  it('需要决定时，Tab 走完决定的每一项', async () => {
    await desk.lend.nextReader()
    await desk.lend.typeReader(blocked)
    expect(await desk.lend.typeItem(decided)).toBe('deciding')
    const stops = (await tabThrough(40)).map(({ name }) => name)
    expect(stops.slice(stops.indexOf('override-reason'), -2)).toEqual([
      'override-reason',
      '书在手上',
      '读者情况已核实',
      '主管同意',
      'second-username',
      'second-password',
      'decision-confirm',
      'decision-for-visit',
      'decision-leave',
    ])
  })

  it('Esc 什么也不丢：不办的一册仍在，读者仍在，输到一半的条码仍在', async () => {
    await desk.lend.leaveDecision()
    expect(await desk.lend.answered(decided)).toBe('left')
    await page.getByTestId('entry').focus()
    await page.keyboard.insertText('0440051')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    expect((await focused()).name).toBe('entry')
    await page.keyboard.press('Escape')
    expect(await page.getByTestId('entry').inputValue()).toBe('0440051')
    expect(await desk.lend.rows().count()).toBe(1)
    expect(await desk.lend.readerName()).toBe(maskedName('王志强'))
  })

  it('Ctrl+K 找到读者，F1 列出按键，Esc 回到原处', async () => {
    await desk.find('0440050000101')
    await desk.reader.card().getByText('0440…0101').waitFor()
    await page.keyboard.press('F1')
    await page.getByRole('dialog').waitFor()
    expect(await page.getByRole('dialog').innerText()).toContain('Alt+R')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await desk.reader.card().waitFor()
  })
})

it('no page broke the content policy or left an error', () => {
  expect(city.complaints).toEqual([])
})
