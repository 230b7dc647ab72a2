import type { Locator, Page } from 'playwright-core'
import { shownVerdict } from './verdict.ts'
import type { ShownVerdict } from './verdict.ts'

export class TodayPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  rows(): Locator {
    return this.#page.getByTestId('today-row')
  }

  /** How many stand, in words. */
  lent(): Locator {
    return this.#page.getByTestId('today-lent')
  }

  /** The newest operation of a kind on an item. */
  row(kind: string, barcode: string): Locator {
    return this.#page
      .locator(`[data-testid=today-row][data-kind="${kind}"][data-barcode="${barcode}"]`)
      .first()
  }

  /** Chooses it and presses U. */
  async undo(kind: string, barcode: string): Promise<void> {
    await this.row(kind, barcode).click()
    await this.#page.keyboard.press('u')
  }

  lastVerdict(): Promise<ShownVerdict> {
    return shownVerdict(this.#page)
  }
}
