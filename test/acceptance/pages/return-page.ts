import type { Locator, Page } from 'playwright-core'
import { scanKeys } from './scan-keys.ts'

export class ReturnPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async scanItem(barcode: string): Promise<void> {
    await scanKeys(this.#page, barcode)
    await this.answered(barcode)
  }

  async typeItem(barcode: string): Promise<void> {
    await this.#page.getByTestId('entry').fill(barcode)
    await this.#page.getByTestId('entry').press('Enter')
    await this.answered(barcode)
  }

  async answered(barcode: string): Promise<string> {
    const row = this.row(barcode)
    await row
      .and(this.#page.locator(':not([data-state=waiting]):not([data-state=working])'))
      .waitFor()
    return (await row.getAttribute('data-state')) ?? ''
  }

  row(barcode: string): Locator {
    return this.#page.locator(`[data-testid=return-row][data-barcode="${barcode}"]`).first()
  }

  /** Where the last item goes: its route, and what the screen says in the largest letters. */
  async whereNext(): Promise<{ route: string | null; tone: string | null; text: string }> {
    const where = this.#page.getByTestId('where-next')
    return {
      route: await where.getAttribute('data-route'),
      tone: await where.getAttribute('data-tone'),
      text: await where.innerText(),
    }
  }

  async mode(mode: 'normal' | 'drop' | 'back-date' | 'in-house'): Promise<void> {
    const modes = this.#page.getByTestId('return-mode')
    await modes.locator(`input[value="${mode}"]`).check({ force: true })
  }

  /** Book-drop mode on a day, `YYYY-MM-DD`; null switches it off. */
  async bookDrop(day: string | null): Promise<void> {
    await this.mode(day === null ? 'normal' : 'drop')
    if (day !== null) await this.#page.getByTestId('book-drop-date').fill(day)
  }

  async undo(barcode: string): Promise<void> {
    await this.row(barcode).getByRole('button').click()
    await this.row(barcode).and(this.#page.locator('[data-state=undone]')).waitFor()
  }
}
