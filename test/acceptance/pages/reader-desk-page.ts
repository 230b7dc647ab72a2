import type { Page } from 'playwright-core'

interface Registering {
  readonly card: string
  readonly name: string
  readonly bornOn: string
  readonly idNumber: string
}

/** What is done to a reader's own record, by keys. */
export class ReaderDeskPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  press(combo: string): Promise<void> {
    return this.#page.keyboard.press(combo)
  }

  /** As a scan does on the reader screen. */
  async openByCard(card: string): Promise<void> {
    await this.#page.evaluate((to) => {
      location.hash = `#/reader?card=${to}`
    }, card)
    await this.#page.getByTestId('reader-card').waitFor()
  }

  name(): Promise<string> {
    return this.#page.getByTestId('reader-name').innerText()
  }

  cardText(): Promise<string> {
    return this.#page.getByTestId('reader-card').innerText()
  }

  verdict(): Promise<string> {
    return this.#page.getByTestId('act-verdict').innerText()
  }

  marks(): Promise<string> {
    return this.#page.getByTestId('reader-marks').innerText()
  }

  async cardStates(): Promise<string[]> {
    const cards = await this.#page.getByTestId('one-card').all()
    return Promise.all(cards.map(async (card) => (await card.getAttribute('data-state')) ?? ''))
  }

  scannedCard(): Promise<string> {
    return this.#page.getByTestId('scanned-card').innerText()
  }

  async reportLost(): Promise<void> {
    await this.#page.getByTestId('report-lost').first().click()
  }

  async replaceCard(number: string): Promise<void> {
    await this.press('Alt+k')
    await this.#page.getByTestId('card-number').fill(number)
    await this.press('Enter')
  }

  async leaveMessage(text: string): Promise<void> {
    await this.press('Alt+i')
    await this.#page.getByTestId('message-text').fill(text)
    await this.press('Enter')
  }

  messages(): Promise<string[]> {
    return this.#page.locator('[data-testid=messages] strong').allInnerTexts()
  }

  dismissMessage(): Promise<void> {
    return this.#page.getByTestId('dismiss-message').first().click()
  }

  /** `without`: what stays allowed. */
  async suspend(until: string, without: readonly string[], reason: string): Promise<void> {
    await this.press('Alt+b')
    await this.#page.getByTestId('suspend-until').fill(until)
    for (const scope of without) {
      await this.#page.locator(`[data-testid=suspend-scopes] input[value=${scope}]`).uncheck()
    }
    await this.#page.getByTestId('suspend-reason').fill(reason)
    await this.press('Enter')
  }

  async lift(reason: string): Promise<void> {
    await this.press('Alt+b')
    await this.#page.getByTestId('lift-reason').fill(reason)
    await this.press('Enter')
  }

  async editPhone(phone: string): Promise<void> {
    await this.press('Alt+e')
    await this.#page.getByTestId('edit-phone').fill(phone)
    await this.press('Enter')
  }

  showHistory(): Promise<void> {
    return this.press('Alt+h')
  }

  history(): Promise<string> {
    return this.#page.getByTestId('history').innerText()
  }

  toggleHistory(): Promise<void> {
    return this.#page.getByTestId('toggle-history').click()
  }

  async fillRegister({ card, name, bornOn, idNumber }: Registering): Promise<void> {
    await this.#page.getByTestId('new-card').fill(card)
    await this.#page.getByTestId('category').click()
    await this.#page.locator('.ant-select-item-option').first().click()
    await this.#page.getByTestId('new-name').fill(name)
    await this.#page.getByTestId('born-on').fill(bornOn)
    await this.#page.getByTestId('id-number').fill(idNumber)
  }

  async fillAgain({ card, name, bornOn, idNumber }: Registering): Promise<void> {
    await this.#page.getByTestId('register-again').click()
    await this.#page.getByTestId('new-card').fill(card)
    await this.#page.getByTestId('new-name').fill(name)
    await this.#page.getByTestId('born-on').fill(bornOn)
    await this.#page.getByTestId('id-number').fill(idNumber)
  }

  async duplicates(): Promise<string[]> {
    const rows = await this.#page.getByTestId('duplicate').all()
    return Promise.all(rows.map(async (row) => (await row.getAttribute('data-why')) ?? ''))
  }

  register(): Promise<void> {
    return this.#page.getByTestId('register').click()
  }

  confirmDecision(): Promise<void> {
    return this.#page.getByTestId('decision-confirm').click()
  }

  registerVerdict(): Promise<string> {
    return this.#page.getByTestId('verdict').innerText()
  }

  async startMerge(card: string): Promise<void> {
    await this.press('Alt+g')
    await this.#page.getByTestId('merge-card').fill(card)
    await this.#page.getByTestId('merge-goes').waitFor()
  }

  confirmMerge(): Promise<void> {
    return this.#page.getByTestId('merge-confirm').click()
  }
}
