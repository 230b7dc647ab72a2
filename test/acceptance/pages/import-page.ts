import type { Locator, Page } from 'playwright-core'

export interface ImportCounts {
  readonly read: number
  readonly imported: number
  readonly updated: number
  readonly recovered: number
  readonly items: number
  readonly refused: number
}

export class ImportPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** What it seems to be. */
  async look(path: string): Promise<string> {
    await this.#page.getByTestId('import-file').setInputFiles(path)
    const page = this.#page
    await page.getByTestId('import-guess').or(page.getByTestId('import-fault')).waitFor()
    return await this.#page.getByTestId('import-look').innerText()
  }

  /** By its word on the screen. */
  async chooseEncoding(word: string): Promise<void> {
    const field = this.#page.locator('.cd-import-options .ant-select').nth(2)
    await field.click()
    await this.#page.locator('.ant-select-item-option', { hasText: word }).last().click()
  }

  begin(): Locator {
    return this.#page.getByTestId('import-begin')
  }

  /** Picks the file and waits for the end of the job. */
  async importFile(path: string): Promise<ImportCounts> {
    const before = await this.reports().count()
    await this.#page.getByTestId('import-file').setInputFiles(path)
    await this.begin().click()
    await this.reports().nth(before).waitFor({ timeout: 60_000 })
    const newest = this.reports().first()
    await newest.and(this.#page.locator(':not([data-state=running])')).waitFor({ timeout: 120_000 })
    const count = async (name: keyof ImportCounts): Promise<number> =>
      Number(await newest.getByTestId(`count-${name}`).locator('dd').innerText())
    return {
      read: await count('read'),
      imported: await count('imported'),
      updated: await count('updated'),
      recovered: await count('recovered'),
      items: await count('items'),
      refused: await count('refused'),
    }
  }

  reports(): Locator {
    return this.#page.getByTestId('import-report')
  }

  async cancel(): Promise<void> {
    await this.#page.getByTestId('import-cancel').click()
  }
}
