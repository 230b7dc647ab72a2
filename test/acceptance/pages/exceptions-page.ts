import type { Locator, Page } from 'playwright-core'

export class ExceptionsPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  rows(kind?: string): Locator {
    return this.#page.locator(
      kind === undefined
        ? '[data-testid=exception-row]'
        : `[data-testid=exception-row][data-kind="${kind}"]`,
    )
  }

  async open(kind: string): Promise<void> {
    await this.rows(kind).first().click()
    await this.#page.getByTestId('exception-card').waitFor()
  }

  /** The loans side by side, the first one first. */
  histories(): Locator {
    return this.#page.getByTestId('history')
  }

  async settle(
    settlement: 'first-returned' | 'first-has-it' | 'accepted',
    comment = '',
  ): Promise<void> {
    if (comment !== '') await this.#page.getByTestId('settle-comment').fill(comment)
    await this.#page.getByTestId(`settle-${settlement}`).click()
  }

  /** The proposed one, by its key. */
  async acceptProposal(): Promise<void> {
    await this.#page.keyboard.press('Enter')
  }
}
