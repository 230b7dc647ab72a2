import type { Locator, Page } from 'playwright-core'

export class ReaderPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Searches by name, card or phone and opens the first found. */
  async open(text: string): Promise<void> {
    await this.#page.getByTestId('find-reader').fill(text)
    const isCard = /^\d{13}$/.test(text)
    await (isCard ? this.found().filter({ hasText: text }) : this.found()).first().waitFor()
    // A card is one person's: the list of what was typed before must be gone.
    if (isCard) await this.found().nth(1).waitFor({ state: 'detached' })
    await this.#page.getByTestId('find-reader').press('Enter')
    await this.card().waitFor()
  }

  card(): Locator {
    return this.#page.getByTestId('reader-card')
  }

  found(): Locator {
    return this.#page.getByTestId('found-reader')
  }

  async revealName(): Promise<string> {
    const reveal = this.#page.getByTestId('reveal')
    if (await reveal.isVisible()) await reveal.click()
    return this.#page.getByTestId('reader-name').innerText()
  }

  loan(barcode: string): Locator {
    return this.#page.locator(`[data-testid=loan-row][data-barcode="${barcode}"]`)
  }

  loans(): Locator {
    return this.#page.getByTestId('loan-row')
  }

  async renew(barcode: string): Promise<void> {
    await this.loan(barcode).getByTestId('renew').click()
  }

  async renewAll(): Promise<void> {
    await this.#page.getByTestId('renew-all').click()
  }

  /** What came of the renewals, in words. */
  renewals(): Locator {
    return this.#page.getByTestId('renewals')
  }

  /** Fields of the register screen; `category` by its word on the screen. */
  async register(fields: {
    card: string
    category: string
    name: string
    bornOn: string
    guardianCard?: string
    hasConsent?: boolean
  }): Promise<void> {
    await this.#page.getByTestId('new-card').fill(fields.card)
    await this.#page.getByTestId('category').click()
    await this.#page.locator('.ant-select-item-option').getByText(fields.category).click()
    await this.#page.getByTestId('new-name').fill(fields.name)
    await this.#page.getByTestId('born-on').fill(fields.bornOn)
    if (fields.guardianCard !== undefined) {
      await this.#page.getByTestId('guardian-card').fill(fields.guardianCard)
    }
    if (fields.hasConsent === true) await this.#page.getByTestId('consent').check()
    await this.#page.getByTestId('register').click()
  }
}
