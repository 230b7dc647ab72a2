import type { Locator, Page } from 'playwright-core'

/** Points, certificates and allowances of the reader who is open, and the screen of allowances. */
export class LedgerPage {
  readonly #page: Page
  #lastPrinted = 'none'

  constructor(page: Page) {
    this.#page = page
  }

  /** Alt+J shows the ledger in place of the loans. */
  async show(): Promise<void> {
    await this.#page.getByTestId('points-spendable').waitFor()
    await this.#page.keyboard.press('Alt+j')
    await this.#page.getByTestId('ledger').waitFor()
  }

  async pointsFree(): Promise<number> {
    return Number(await this.#page.getByTestId('points-free').innerText())
  }

  async spendable(): Promise<number> {
    return Number(await this.#page.getByTestId('points-spendable').innerText())
  }

  /** Waits until this many may be redeemed here. */
  async holds(points: number): Promise<void> {
    await this.#page
      .getByTestId('points-spendable')
      .filter({ hasText: new RegExp(`^${points}$`) })
      .waitFor()
  }

  async earn(earning: string, amount: number): Promise<void> {
    await this.#page.keyboard.press('Alt+p')
    await this.#page.getByTestId('earnings').locator(`input[value=${earning}]`).check()
    await this.#page.getByTestId('ledger-amount').fill(String(amount))
    await this.#confirm('earn')
  }

  async ask(amount: number): Promise<void> {
    await this.#page.keyboard.press('Alt+a')
    await this.#page.getByTestId('ledger-amount').fill(String(amount))
    await this.#confirm('ask')
  }

  /** Chooses the reward and leaves the form open. */
  async chooseReward(reward: string): Promise<void> {
    await this.#page.keyboard.press('Alt+x')
    await this.#page.getByTestId('rewards').locator(`input[value=${reward}]`).check()
  }

  async redeem(reward: string): Promise<void> {
    await this.chooseReward(reward)
    await this.#confirm('redeem')
  }

  async leaveForm(): Promise<void> {
    await this.#page.keyboard.press('Escape')
    await this.#page.locator('.cd-ledger-form').waitFor({ state: 'detached' })
  }

  /** Says that the points held here do not cover what is chosen. */
  short(): Locator {
    return this.#page.getByTestId('redeem-short')
  }

  /** Answers the number that was printed. */
  async issueCertificate(text: string): Promise<string> {
    await this.#page.keyboard.press('Alt+c')
    await this.#page.getByTestId('certificate-text').fill(text)
    // A person reads the number; faster than the desk tells the next one nobody is.
    const next = this.#page.getByTestId('next-number').filter({ hasNotText: this.#lastPrinted })
    const printed = await next.innerText()
    await this.#confirm('certificate')
    this.#lastPrinted = printed
    return printed
  }

  /** Asks for the first block of numbers, and waits until it is there. */
  async askForNumbers(): Promise<void> {
    await this.#page.keyboard.press('Alt+c')
    await this.#page.getByTestId('ask-numbers').click()
    await this.#page.getByTestId('next-number').waitFor()
    await this.leaveForm()
  }

  /** The newest entry, by its key. */
  async takeBackNewest(reason: string): Promise<void> {
    await this.entries().first().click()
    await this.#page.keyboard.press('Alt+z')
    await this.#page.getByTestId('take-back-reason').fill(reason)
    await this.#confirm('reverse')
  }

  entries(): Locator {
    return this.#page.getByTestId('ledger-entry')
  }

  /** `earned 50`, `redeemed -60`, newest first. */
  async history(): Promise<string[]> {
    return this.entries().evaluateAll((rows) =>
      rows.map((row) => `${row.getAttribute('data-cause')} ${row.getAttribute('data-amount')}`),
    )
  }

  valueAtRisk(): Locator {
    return this.#page.getByTestId('value-at-risk')
  }

  leases(): Locator {
    return this.#page.getByTestId('lease-row')
  }

  async giveAllBack(): Promise<void> {
    await this.#page.keyboard.press('Alt+r')
    await this.#page.getByTestId('verdict').waitFor()
  }

  async #confirm(form: string): Promise<void> {
    await this.#page.keyboard.press('Enter')
    await this.#page.getByTestId(form).waitFor({ state: 'detached' })
  }
}
