import type { Locator, Page } from 'playwright-core'
import type { Settlement } from '../../../domain/settlements.ts'

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
    await this.#page.locator(`[data-testid=exception-card][data-kind="${kind}"]`).waitFor()
  }

  card(): Locator {
    return this.#page.getByTestId('exception-card')
  }

  /** The kinds that wait, as the table above the list names them. */
  kinds(): Promise<string[]> {
    return this.#page
      .getByTestId('exception-kinds')
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-kind') ?? ''))
  }

  /** By its key, until the list shows this kind alone. */
  async showOnly(kind: string): Promise<void> {
    const chosen = this.#page.locator(`[data-testid=exception-kinds] tr[data-kind="${kind}"]`)
    const button = chosen.getByRole('button')
    while ((await button.getAttribute('aria-pressed')) !== 'true') {
      await this.#page.keyboard.press('ArrowRight')
    }
    await this.rows(kind).first().waitFor()
    await this.#page.locator(`[data-testid=exception-card][data-kind="${kind}"]`).waitFor()
  }

  /** Both stories; of two loans the first one first. */
  histories(): Locator {
    return this.#page.getByTestId('history')
  }

  evidence(): Locator {
    return this.#page.getByTestId('evidence')
  }

  async settle(settlement: Settlement, comment = ''): Promise<void> {
    if (comment !== '') await this.#page.getByTestId('settle-comment').fill(comment)
    await this.#page.getByTestId(`settle-${settlement}`).click()
  }

  /** The proposed one, by its key. */
  async acceptProposal(): Promise<void> {
    await this.#page.keyboard.press('Enter')
  }

  /**
   * By its key: whether the next one settles all of the kind. Seen before the next key is pressed:
   * two keys within 80 ms, the second Enter, are the tail of a scan and do nothing.
   */
  async allOfKind(isAll: boolean): Promise<void> {
    await this.#page.keyboard.press('g')
    const box = this.card().getByRole('checkbox')
    await box.and(this.#page.locator(isAll ? ':checked' : ':not(:checked)')).waitFor()
  }

  /** By keys: all of this kind in one way, until none of it waits. */
  async settleAlike(kind: string, way: Settlement): Promise<void> {
    await this.showOnly(kind)
    const card = this.card()
    const keys = await card
      .locator('[data-testid^=settle-]:is(button)')
      .evaluateAll((found) => found.map((one) => one.getAttribute('data-testid')))
    const place = keys.indexOf(`settle-${way}`)
    if (place < 0) throw new Error(`${kind} offers ${keys.join(', ')}, not ${way}`)
    // A single one is settled by its own key.
    if (await this.#page.getByTestId('alike').isVisible()) await this.allOfKind(true)
    await this.#page.keyboard.press(place === 0 ? 'Enter' : String(place + 1))
    await this.#page.locator(`[data-testid=exception-kinds] tr[data-kind="${kind}"]`).waitFor({
      state: 'detached',
      timeout: 20_000,
    })
  }

  /** The key that takes it on, or gives it back. */
  async take(): Promise<void> {
    await this.#page.keyboard.press('a')
  }

  assignedTo(): Promise<string | null> {
    return this.#page.getByTestId('assigned').getAttribute('data-staff')
  }

  /** Said without settling anything. */
  async comment(text: string): Promise<void> {
    await this.#page.getByTestId('settle-comment').fill(text)
    await this.#page.keyboard.press('Alt+Enter')
    await this.#page.getByTestId('exception-comments').getByText(text).waitFor()
  }

  bindCode(): Locator {
    return this.#page.getByTestId('bind-code')
  }

  lastSettled(): Locator {
    return this.#page.getByTestId('last-settled')
  }
}
