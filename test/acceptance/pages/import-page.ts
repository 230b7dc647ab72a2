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

  /** Picks the file and waits for the end of the job. */
  async importFile(path: string): Promise<ImportCounts> {
    const before = await this.reports().count()
    await this.#page.getByTestId('import-file').setInputFiles(path)
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
