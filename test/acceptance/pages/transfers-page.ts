import type { Locator, Page } from 'playwright-core'

/** The screen of transfers: scanning crates in and out, and the lists of what travels. */
export class TransfersPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async receiveMode(): Promise<void> {
    await this.#page.keyboard.press('Alt+r')
  }

  /** `branch`: its name as the screen says it. */
  async sendMode(branch: string): Promise<void> {
    await this.#page.keyboard.press('Alt+s')
    const to = this.#page.getByTestId('parcel-to')
    await to.click()
    await to.locator('input').fill(branch)
    await this.#page.locator(`.ant-select-item-option[title="${branch}"]`).click()
    await to.getByText(branch).waitFor()
  }

  /** Types an item and answers what the screen says of it. */
  async scan(barcode: string): Promise<{ tone: string | null; text: string }> {
    await this.#page.getByTestId('entry').fill(barcode)
    await this.#page.keyboard.press('Enter')
    const verdict = this.#page.getByTestId('verdict')
    await verdict.getByText(barcode).waitFor()
    await this.#page.locator('[data-testid=verdict]:not([data-tone=working])').waitFor()
    return { tone: await verdict.getAttribute('data-tone'), text: await verdict.innerText() }
  }

  async list(name: 'here' | 'sent' | 'late' | 'scanned'): Promise<void> {
    const lists = this.#page.getByTestId('parcel-lists')
    await lists.locator(`label:has(input[value="${name}"])`).click()
  }

  row(barcode: string): Locator {
    return this.#page.locator(`[data-testid=parcel-row][data-barcode="${barcode}"]`)
  }
}
