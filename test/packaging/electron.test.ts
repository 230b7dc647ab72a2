/**
 * The shell in a real Electron: what only its binary can show. Skipped where there is none; the same
 * controls are tested against a thin fake beside the shell's sources.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron as electron } from 'playwright-core'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../contract/content-security-policy.ts'
import { windowOptions } from '../../main/electron/app-window.ts'
import { buildElectron } from '../../tools/build-electron.ts'
import { npmRun, root, succeeds } from '../../tools/steps.ts'

/** `ELECTRON_OVERRIDE_DIST_PATH`, else what the package has fetched; nothing is fetched from here. */
function electronBinary(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron'
  if (override !== undefined) return existsSync(join(override, name)) ? join(override, name) : null
  const folder = join(root, 'node_modules', 'electron')
  if (!existsSync(join(folder, 'path.txt'))) return null
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  return existsSync(binary) ? binary : null
}

const binary = electronBinary()

describe.skipIf(binary === null)(
  'in Electron (skipped: no Electron binary on this machine)',
  () => {
    const built = join(root, 'dist', 'electron-in-test')
    let folder: string
    let app: ElectronApplication
    let page: Page

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'citydesk-electron-'))
      const pages = join(root, 'dist', 'renderer', 'index.html')
      if (!existsSync(pages) && !(await succeeds(npmRun('build')))) throw new Error('not built')
      // Beside dist/electron, whose pages it shares, and not in it: other tests package that one.
      const built = join(root, 'dist', 'electron-in-test')
      if (!(await buildElectron(built))) throw new Error('not built')
      app = await electron.launch({
        executablePath: binary ?? '',
        args: [join(built, 'main.js'), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
        env: {
          ...(process.env as Record<string, string>),
          CITYDESK_DESK_HOME: join(folder, 'desk'),
          CITYDESK_KEYS: join(folder, 'keys'),
          CITYDESK_SCANNER: 'none',
        },
      })
      page = await app.firstWindow()
      await page.waitForLoadState()
    }, 120_000)
    afterAll(async () => {
      await app.close()
      for (const made of [folder, built]) rmSync(made, { recursive: true, force: true })
    })

    test('the window has the preferences of the factory', async () => {
      const preferences = await app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        const contents = window?.webContents as unknown as {
          getLastWebPreferences: () => Record<string, unknown>
        }
        return contents.getLastWebPreferences()
      })
      const { preload: _where, ...asked } = windowOptions(false, '').webPreferences ?? {}
      expect(preferences).toMatchObject(asked)
    })

    test('the page has no Node and no Electron, and three functions of ours', async () => {
      const seen = await page.evaluate(() => ({
        types: ['require', 'process', 'module', 'Buffer', 'global'].map(
          (name) => typeof Reflect.get(globalThis, name),
        ),
        bridge: Object.keys((globalThis as unknown as { citydesk: object }).citydesk),
      }))
      expect(new Set(seen.types)).toEqual(new Set(['undefined']))
      expect(seen.bridge).toEqual(['perform', 'ask', 'watch'])
    })

    test('the page stays where it is', async () => {
      const before = page.url()
      await page.evaluate(() => {
        location.href = 'https://example.com/'
      })
      await page.evaluate(() => window.open('https://example.com/'))
      await page.evaluate(() => fetch('citydesk://app/index.html'))
      expect(page.url()).toBe(before)
      expect(app.windows()).toHaveLength(1)
    })

    test('the pages come under the policy', async () => {
      const policy = await page.evaluate(async () => {
        const response = await fetch('citydesk://app/index.html')
        return response.headers.get('content-security-policy')
      })
      expect(policy).toBe(contentSecurityPolicy)
    })

    test('the engine answers through the bridge', async () => {
      const session = await page.evaluate(() =>
        (
          globalThis as unknown as { citydesk: { ask: (q: string, a: object) => Promise<unknown> } }
        ).citydesk.ask('session', {}),
      )
      expect(session).toMatchObject({ staff: null })
    })
  },
)
