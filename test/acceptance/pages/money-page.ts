import type { Locator, Page } from 'playwright-core'

/** Fees of the reader who is open, and the till of the desk. */
export class MoneyPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Alt+M shows the fees in place of the loans. */
  async showFees(): Promise<void> {
    await this.#page.keyboard.press('Alt+m')
    await this.fees().waitFor()
  }

  fees(): Locator {
    return this.#page.getByTestId('fees')
  }

  /** `label 200`, the oldest first. */
  async owed(): Promise<string[]> {
    return this.#page
      .getByTestId('open-fee')
      .evaluateAll((rows) =>
        rows.map((row) => `${row.getAttribute('data-cause')} ${row.getAttribute('data-owed')}`),
      )
  }

  settledFees(): Locator {
    return this.#page.getByTestId('settled-fee')
  }

  async charge(cause: string): Promise<void> {
    await this.#page.keyboard.press('Alt+c')
    await this.#page.getByTestId('charge-cause').locator(`input[value=${cause}]`).check()
    await this.#confirm('charge')
  }

  /** What is chosen, whole or `yuan` of it; the change is told before. */
  async pay(tender: string, yuan: string | null = null, given: string | null = null) {
    await this.#page.keyboard.press('Alt+p')
    await this.#page.getByTestId('tender').locator(`input[value=${tender}]`).check()
    if (yuan !== null) await this.#page.getByTestId('pay-amount').fill(yuan)
    let change = ''
    if (given !== null) {
      await this.#page.getByTestId('pay-given').fill(given)
      change = await this.#page.getByTestId('pay-change').innerText()
    }
    await this.#confirm('pay')
    return change
  }

  async waive(reason: string): Promise<void> {
    await this.#page.keyboard.press('Alt+w')
    await this.#page.getByTestId('waive-reason').fill(reason)
    await this.#page.getByTestId('waive-reason').press('Enter')
    await this.#page.getByTestId('waive').waitFor({ state: 'detached' })
  }

  async openTill(float: string): Promise<void> {
    await this.#page.getByTestId('till-float').fill(float)
    await this.#page.keyboard.press('Enter')
    await this.expected().waitFor()
  }

  expected(): Locator {
    return this.#page.getByTestId('till-expected')
  }

  /** So many of each denomination, in fen. */
  async count(pieces: Readonly<Record<number, number>>): Promise<void> {
    await this.#page.getByTestId('count-till').waitFor()
    await this.#page.keyboard.press('Alt+c')
    await this.#page.getByTestId('count-form').waitFor()
    for (const [fen, count] of Object.entries(pieces)) {
      await this.#page.getByTestId(`pieces-${fen}`).fill(String(count))
    }
  }

  counted(): Locator {
    return this.#page.getByTestId('counted')
  }

  canClose(): Promise<boolean> {
    return this.#page.getByTestId('count-confirm').isEnabled()
  }

  async explain(note: string): Promise<void> {
    await this.#page.getByTestId('count-note').fill(note)
  }

  async closeTill(): Promise<void> {
    await this.#page.keyboard.press('Enter')
    await this.#page.getByTestId('count-form').waitFor({ state: 'detached' })
  }

  pastTills(): Locator {
    return this.#page.getByTestId('past-till')
  }

  verdict(): Locator {
    return this.#page.getByTestId('verdict')
  }

  async #confirm(form: string): Promise<void> {
    await this.#page.keyboard.press('Enter')
    await this.#page.getByTestId(form).waitFor({ state: 'detached' })
  }
}
