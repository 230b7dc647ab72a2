import type { Locator, Page } from 'playwright-core'
import { scanKeys } from './scan-keys.ts'

export class HoldsPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** On a title card: for this card, to be collected at the branch of this name; null for here. */
  async place(card: string, pickup: string | null): Promise<string> {
    await this.#page.keyboard.press('Alt+p')
    await this.#page.getByTestId('place-hold-form').waitFor()
    if (pickup !== null) {
      await this.#page.getByTestId('hold-pickup').click()
      await this.#page.keyboard.type(pickup)
      await this.#page.keyboard.press('Enter')
    }
    await this.#page.getByTestId('hold-card').fill(card)
    await this.#page.getByTestId('hold-card').press('Enter')
    const verdict = this.#page.getByTestId('verdict')
    await verdict.waitFor()
    return verdict.innerText()
  }

  /** On the holds screen. */
  async show(tab: 'shelf' | 'pull' | 'kiosk'): Promise<void> {
    await this.#page.getByTestId(`holds-tab-${tab}`).click()
    await this.#page.getByTestId(tab === 'pull' ? 'pull-list' : 'hold-shelf').waitFor()
  }

  async scan(barcode: string): Promise<{ route: string | null; text: string }> {
    await scanKeys(this.#page, barcode)
    const verdict = this.#page.getByTestId('hold-verdict').filter({ hasText: barcode })
    await verdict.waitFor()
    return { route: await verdict.getAttribute('data-route'), text: await verdict.innerText() }
  }

  shelfRow(barcode: string): Locator {
    return this.#page.locator(`[data-testid=shelf-row][data-barcode="${barcode}"]`)
  }

  pullRow(barcode: string): Locator {
    return this.#page.locator(`[data-testid=pull-row][data-barcode="${barcode}"]`)
  }

  /** On a reader's card. */
  ofReader(): Locator {
    return this.#page.getByTestId('reader-hold')
  }
}
