import { setTimeout } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import type { OfflineOutcome } from '../../../contract/offline-shapes.ts'

type CountName = OfflineOutcome | 'lines' | 'checkOuts' | 'checkIns' | 'payments' | 'paymentsFen'

/** The screen that takes other systems' offline files. */
export class OfflinePage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Chooses a file of this text; answers the large verdict once it is looked through. */
  async choose(name: string, text: string | Buffer): Promise<string> {
    const before = await this.verdict().innerText()
    await this.#page
      .getByTestId('offline-file')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    return this.#verdictAfter(before)
  }

  /** Ctrl+Enter; answers the large verdict at the end. */
  async record(): Promise<string> {
    const before = await this.verdict().innerText()
    await this.#page.keyboard.press('Control+Enter')
    return this.#verdictAfter(before)
  }

  /** Polled from here: the content policy lets no page wait by itself. */
  async #verdictAfter(before: string): Promise<string> {
    for (const until = Date.now() + 20_000; Date.now() < until; await setTimeout(50)) {
      const isWorking = (await this.verdict().getAttribute('data-tone')) === 'working'
      const now = await this.verdict().innerText()
      if (!isWorking && now !== before) return now
    }
    throw new Error(`the verdict stayed: ${before}`)
  }

  verdict(): Locator {
    return this.#page.getByTestId('verdict')
  }

  trouble(): Locator {
    return this.#page.getByTestId('offline-trouble')
  }

  count(name: CountName): Promise<string> {
    return this.#page.getByTestId(`count-${name}`).locator('dd').innerText()
  }

  /** `4 clashes …`, as the table of what to look at says it. */
  rows(): Promise<string[]> {
    return this.#page
      .getByTestId('offline-row')
      .evaluateAll((rows) =>
        rows.map(
          (row) =>
            `${row.getAttribute('data-line')} ${row.getAttribute('data-outcome')} ${row.lastElementChild?.textContent}`,
        ),
      )
  }
}
