import type { Locator, Page } from 'playwright-core'

export class SearchPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async type(text: string): Promise<void> {
    await this.#page.getByTestId('search-text').fill(text)
  }

  titles(): Locator {
    return this.#page.getByTestId('title-row')
  }

  /** Opens the first title whose row holds this text; its items are then in sight. */
  async openTitle(text: string): Promise<void> {
    await this.titles().filter({ hasText: text }).first().click()
    await this.#page.getByTestId('title-card').waitFor()
  }

  items(): Locator {
    return this.#page.getByTestId('title-item')
  }

  async openMarc(): Promise<Locator> {
    const marc = this.#page.getByTestId('marc')
    await marc.locator('summary').click()
    return marc
  }

  /** On the item screen. */
  itemState(): Locator {
    return this.#page.getByTestId('item-state')
  }

  async markDamaged(note: string): Promise<void> {
    await this.#page.getByTestId('mark-damaged').click()
    await this.#page.getByTestId('damage-note').fill(note)
    await this.#page.getByTestId('damage-save').click()
    await this.#page.getByTestId('verdict').waitFor()
  }
}
