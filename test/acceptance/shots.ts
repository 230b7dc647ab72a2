/** Pictures of a day, for a person to look at: both languages, light and dark. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { DeskPage } from './pages/desk-page.ts'

const folder = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

/** As the system shows it by night: no setting is touched, so no hand leaves the keyboard. */
export async function shootLightAndDark(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await shoot(page, `${name}.${colorScheme}`)
  }
}

/** It is left in Chinese, by day. `look` is asked in each language what is wrong. */
export async function shootAll(
  desk: DeskPage,
  name: string,
  look: (language: 'en' | 'zh-CN') => Promise<readonly string[]>,
): Promise<string[]> {
  const wrong: string[] = []
  for (const language of ['en', 'zh-CN'] as const) {
    await desk.setLanguage(language)
    await shootLightAndDark(desk.page, `${name}.${language}`)
    wrong.push(...(await look(language)))
  }
  return wrong
}
