import type { Locator, Page } from 'playwright-core'
import { scanKeys } from './scan-keys.ts'
import { shownVerdict } from './verdict.ts'
import type { ShownVerdict } from './verdict.ts'

export type LendState =
  | 'waiting'
  | 'working'
  | 'done'
  | 'deciding'
  | 'stopped'
  | 'left'
  | 'failed'
  | 'undone'

export class LendPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Typed into the field, Enter. */
  async enter(code: string): Promise<void> {
    await this.#page.getByTestId('entry').fill(code)
    await this.#page.getByTestId('entry').press('Enter')
  }

  /** As fast as a scanner; waits for the reader's panel, known or unknown. */
  async scanReader(card: string): Promise<void> {
    await this.#scan(card)
    await this.#page
      .getByTestId('reader-panel')
      .getByText(card)
      .or(this.#page.getByTestId('unknown-reader'))
      .or(this.#page.getByTestId('scanned-card'))
      .first()
      .waitFor()
  }

  /** As fast as a scanner; waits until the item is answered, one way or another. */
  async scanItem(barcode: string): Promise<LendState> {
    await this.#scan(barcode)
    return this.answered(barcode)
  }

  async typeReader(card: string): Promise<void> {
    await this.enter(card)
    await this.#page.getByTestId('reader-panel').getByText(card).first().waitFor()
  }

  async typeItem(barcode: string): Promise<LendState> {
    await this.enter(barcode)
    return this.answered(barcode)
  }

  /** The newest row of this barcode, once it is neither waiting nor being done. */
  async answered(barcode: string): Promise<LendState> {
    const row = this.row(barcode)
    await row
      .and(this.#page.locator(':not([data-state=waiting]):not([data-state=working])'))
      .waitFor()
    return (await row.getAttribute('data-state')) as LendState
  }

  row(barcode: string): Locator {
    return this.#page.locator(`[data-testid=lend-row][data-barcode="${barcode}"]`).first()
  }

  rows(): Locator {
    return this.#page.getByTestId('lend-row')
  }

  dueOn(barcode: string): Promise<string> {
    return this.row(barcode).getByTestId('due-on').innerText()
  }

  lastVerdict(): Promise<ShownVerdict> {
    return shownVerdict(this.#page)
  }

  readerName(): Promise<string> {
    return this.#page.getByTestId('reader-name').innerText()
  }

  loansCount(): Locator {
    return this.#page.getByTestId('loans-count')
  }

  decision(): Locator {
    return this.#page.getByTestId('decision')
  }

  /** Codes of what the decision is about, e.g. `item-on-loan`. */
  findings(): Promise<string[]> {
    return this.decision()
      .locator('[data-finding]')
      .evaluateAll((found) => found.map((one) => one.getAttribute('data-finding') ?? ''))
  }

  /** Where a second person is asked for, their name and password. */
  async confirmDecision(second?: { username: string; password: string }): Promise<void> {
    if (second !== undefined) {
      await this.#page.getByTestId('second-username').fill(second.username)
      await this.#page.getByTestId('second-password').fill(second.password)
    }
    await this.#page.getByTestId('decision-confirm').click()
  }

  /** As confirmDecision, for all that this reader borrows until the next one's turn. */
  async confirmForVisit(second?: { username: string; password: string }): Promise<void> {
    if (second !== undefined) {
      await this.#page.getByTestId('second-username').fill(second.username)
      await this.#page.getByTestId('second-password').fill(second.password)
    }
    await this.#page.keyboard.press('Alt+Enter')
  }

  /** What stands for this visit, in words. */
  standing(): Promise<string[]> {
    return this.#page.getByTestId('standing').locator('.cd-mark').allInnerTexts()
  }

  async leaveDecision(): Promise<void> {
    await this.#page.getByTestId('decision-leave').press('Escape')
    await this.decision().waitFor({ state: 'detached' })
  }

  async nextReader(): Promise<void> {
    await this.#page.keyboard.press('F2')
    await this.#page.getByTestId('lend-start').waitFor()
  }

  /** As nextReader, where it may be that no reader is open. */
  async nextReaderIfAny(): Promise<void> {
    await this.#page.getByTestId('entry').waitFor()
    await this.nextReader()
  }

  async undo(barcode: string): Promise<void> {
    await this.row(barcode).getByRole('button').click()
    await this.row(barcode).and(this.#page.locator('[data-state=undone]')).waitFor()
  }

  #scan(code: string): Promise<void> {
    return scanKeys(this.#page, code)
  }
}
