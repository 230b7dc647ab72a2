/** A desk's page, spoken to as a librarian would: intentions, not selectors. */
import type { Locator, Page } from 'playwright-core'
import { ExceptionsPage } from './exceptions-page.ts'
import { HoldsPage } from './holds-page.ts'
import { ImportPage } from './import-page.ts'
import { LedgerPage } from './ledger-page.ts'
import { LendPage } from './lend-page.ts'
import { MoneyPage } from './money-page.ts'
import { OfflinePage } from './offline-page.ts'
import { ReaderPage } from './reader-page.ts'
import { ReturnPage } from './return-page.ts'
import { scanKeys } from './scan-keys.ts'
import { SearchPage } from './search-page.ts'
import { TodayPage } from './today-page.ts'
import { TransfersPage } from './transfers-page.ts'

export type ScreenName =
  | 'lend'
  | 'return'
  | 'reader'
  | 'search'
  | 'today'
  | 'exceptions'
  | 'register'
  | 'import'
  | 'devices'
  | 'leases'
  | 'transfers'
  | 'till'
  | 'holds'
  | 'slips'
  | 'offline'
  | 'drafts'
  | 'serials'
  | 'copy'
  | 'duplicates'
  | 'batch-fixes'
  | 'quality'
  | 'shelfList'
  | 'labels'
  | 'schemes'
  | 'encode'
  | 'authorities'
  | 'export'

const keyByScreen: Record<ScreenName, string> = {
  lend: 'F3',
  return: 'F4',
  reader: 'F6',
  search: 'F7',
  today: 'F8',
  exceptions: 'F9',
  register: 'Alt+7',
  import: 'Alt+8',
  devices: 'Alt+9',
  leases: 'F10',
  transfers: 'Alt+x',
  till: 'Alt+q',
  holds: 'Alt+h',
  slips: 'Alt+,',
  offline: 'Alt+f',
  drafts: 'Alt+m',
  serials: 'Alt+Shift+J',
  copy: 'Alt+Shift+c',
  duplicates: 'Alt+Shift+d',
  'batch-fixes': 'Alt+Shift+b',
  quality: 'Alt+Shift+q',
  shelfList: 'Alt+Shift+k',
  labels: 'Alt+Shift+l',
  schemes: 'Alt+Shift+n',
  encode: 'Alt+Shift+t',
  authorities: 'Alt+Shift+a',
  export: 'Alt+Shift+e',
}

export class DeskPage {
  readonly page: Page
  readonly lend: LendPage
  readonly ledger: LedgerPage
  readonly money: MoneyPage
  readonly offline: OfflinePage
  readonly returning: ReturnPage
  readonly reader: ReaderPage
  readonly search: SearchPage
  readonly today: TodayPage
  readonly exceptions: ExceptionsPage
  readonly importing: ImportPage
  readonly transfers: TransfersPage
  readonly holds: HoldsPage

  constructor(page: Page) {
    this.page = page
    this.lend = new LendPage(page)
    this.ledger = new LedgerPage(page)
    this.money = new MoneyPage(page)
    this.offline = new OfflinePage(page)
    this.returning = new ReturnPage(page)
    this.reader = new ReaderPage(page)
    this.search = new SearchPage(page)
    this.today = new TodayPage(page)
    this.exceptions = new ExceptionsPage(page)
    this.importing = new ImportPage(page)
    this.transfers = new TransfersPage(page)
    this.holds = new HoldsPage(page)
  }

  /** With an account of the sample city, by one click; a desk that is still filling is asked again. */
  async signIn(username: string): Promise<void> {
    const isIn = this.page.getByTestId('nav-search')
    const isFilling = this.page.getByTestId('sign-in-trouble').getByText(/联网|online/)
    for (;;) {
      await this.page.getByTestId(`sample-${username}`).click()
      await isIn.or(isFilling).first().waitFor()
      if (await isIn.isVisible()) return
    }
  }

  async signInWith(username: string, password: string): Promise<void> {
    await this.page.getByTestId('username').fill(username)
    await this.page.getByTestId('password').fill(password)
    await this.page.getByTestId('sign-in').click()
  }

  async signOut(): Promise<void> {
    await this.page.getByTestId('sign-out').click()
    await this.page.getByTestId('username').waitFor()
  }

  /** By its key, hands on the keyboard. */
  async goTo(screen: ScreenName): Promise<void> {
    await this.page.keyboard.press(keyByScreen[screen])
    await this.page.locator(`[data-testid=nav-${screen}].active`).waitFor()
  }

  /** Keys as fast as a scanner that poses as a keyboard, Enter at the end. */
  scan(code: string): Promise<void> {
    return scanKeys(this.page, code)
  }

  async setAppearance(appearance: 0 | 1 | 2): Promise<void> {
    await this.#inSettings(async () => {
      await this.page.getByTestId('appearance').locator('label').nth(appearance).click()
    })
  }

  async setLanguage(language: 'zh-CN' | 'en'): Promise<void> {
    await this.#inSettings(async () => {
      const place = language === 'zh-CN' ? 0 : 1
      await this.page.getByTestId('language').locator('label').nth(place).click()
    })
  }

  async #inSettings(change: () => Promise<void>): Promise<void> {
    const button = this.page.getByTestId('open-settings')
    const isBehindButton = await button.isVisible()
    if (isBehindButton) await button.click()
    await change()
    if (isBehindButton) await button.click()
  }

  async pullThePlug(): Promise<void> {
    await this.page.getByTestId('plug').click()
    await this.connection('unplugged')
  }

  async putThePlugBack(): Promise<void> {
    await this.page.getByTestId('plug').click()
    await this.connection('online')
  }

  /** Waits until the bar says so. */
  async connection(state: string): Promise<void> {
    await this.page
      .locator(`[data-testid=status-network][data-connection=${state}]`)
      .waitFor({ timeout: 30_000 })
  }

  async pendingCount(): Promise<number> {
    return countOf(this.page.getByTestId('status-pending'))
  }

  /** Waits until nothing waits to be sent. */
  async allSent(): Promise<void> {
    await this.page
      .locator('[data-testid=status-pending][data-count="0"]')
      .waitFor({ timeout: 30_000 })
  }

  async openExceptionsCount(): Promise<number> {
    return countOf(this.page.getByTestId('status-exceptions'))
  }

  /** The line to the engine is broken and being mended. */
  reconnecting(): Locator {
    return this.page.getByTestId('reconnecting')
  }

  scansWaiting(): Locator {
    return this.page.getByTestId('status-held')
  }

  notice(): Locator {
    return this.page.getByTestId('notice')
  }

  /** Opens the panel in which a click is a scan. */
  async openVirtualScanner(): Promise<void> {
    await this.page.getByTestId('toggle-virtual-scanner').click()
    await this.page.getByTestId('virtual-scanner').waitFor()
  }

  /** Lays an item on the virtual pad; the panel is open. */
  async layOnPad(barcode: string): Promise<void> {
    await this.page.getByTestId('virtual-tag-text').fill(barcode)
    await this.page.getByTestId('virtual-tag-text').press('Enter')
  }

  /** Lifts it, once the desk has seen it. */
  async liftFromPad(barcode: string): Promise<void> {
    await this.page.locator(`[data-testid=virtual-pad-tag][data-barcode="${barcode}"]`).click()
  }

  async virtualScan(code: string): Promise<void> {
    await this.page.getByTestId('virtual-text').fill(code)
    await this.page.getByTestId('virtual-text').press('Enter')
  }

  /** Ctrl+K, a text that what is meant shows, Enter. */
  async find(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k')
    await this.page.getByTestId('palette-text').fill(text)
    await this.page.getByRole('option').filter({ hasText: text }).first().waitFor()
    await this.page.keyboard.press('Enter')
  }
}

const countOf = async (counter: Locator): Promise<number> =>
  Number(await counter.getAttribute('data-count'))
