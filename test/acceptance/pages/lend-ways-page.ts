import type { Page } from 'playwright-core'

/** Lending to an ID card, and by list. */
export class LendWaysPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  text(): Promise<string> {
    return this.#page.locator('body').innerText()
  }

  /** What a page can keep, and where it is. */
  everythingKept(): Promise<string> {
    return this.#page.evaluate(() =>
      [
        location.href,
        JSON.stringify(history.state),
        ...Object.entries(localStorage).flat(),
        ...Object.entries(sessionStorage).flat(),
      ].join('\n'),
    )
  }

  idNumberField(): Promise<string> {
    return this.#page.getByTestId('id-number').inputValue()
  }

  /** So many down, Enter. */
  async chooseByKeys(down: number): Promise<void> {
    for (let step = 0; step < down; step += 1) await this.#page.keyboard.press('ArrowDown')
    await this.#page.keyboard.press('Enter')
  }

  /** Ctrl+V in the field for scans. */
  async paste(text: string): Promise<void> {
    await this.#page.getByTestId('entry').evaluate((field, pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', pasted)
      const event = { clipboardData, bubbles: true, cancelable: true }
      field.dispatchEvent(new ClipboardEvent('paste', event))
    }, text)
    await this.#page.getByTestId('lend-list').waitFor()
  }

  write(text: string): Promise<void> {
    return this.#page.getByTestId('lend-list-text').fill(text)
  }

  listFacts(): Promise<string> {
    return this.#page.getByTestId('lend-list-facts').innerText()
  }

  lendList(): Promise<void> {
    return this.#page.getByTestId('lend-list-text').press('Control+Enter')
  }

  outcome(): Promise<string> {
    return this.#page.getByTestId('lend-list-outcome').innerText()
  }
}
