/** The whole city for acceptance tests: the very programs that `npm start` runs, and a browser. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { findBrowser, testArguments } from '../../tools/find-browser.ts'

const root = resolve(import.meta.dirname, '..', '..')
const START_MS_MAX = 120_000
/** A step that takes longer has failed, on the slowest machine too. */
const STEP_MS_MAX = 15_000

export interface Look {
  readonly language: 'zh-CN' | 'en'
  readonly theme: 'light' | 'dark'
  readonly width: number
  readonly height: number
}
export const usualLook: Look = { language: 'zh-CN', theme: 'light', width: 1366, height: 768 }

export interface RunningDesk {
  /** A new page on this desk. The page fails the test on any violation of the content policy. */
  readonly open: (look?: Partial<Look>) => Promise<Page>
  readonly enginePid: () => Promise<number>
  readonly home: string
  readonly stop: () => Promise<void>
}

export interface RunningCity {
  readonly home: string
  readonly startDesk: (desk: string, ...args: string[]) => Promise<RunningDesk>
  /** What the pages complained of so far: policy violations and uncaught errors. */
  readonly complaints: string[]
  readonly stop: () => Promise<void>
}

/** A fresh data folder; the first desk started in it starts the server too. */
export async function startCity(): Promise<RunningCity> {
  const found = findBrowser()
  if (found === null) throw new Error('no Chromium, Chrome or Edge: npm test installs one')
  const home = mkdtempSync(join(tmpdir(), 'citydesk-city-'))
  const browser = await chromium.launch({ executablePath: found.path, args: testArguments() })
  const complaints: string[] = []
  const desks: RunningDesk[] = []
  return {
    home,
    complaints,
    async startDesk(desk, ...args) {
      const running = await startDesk(home, desk, browser, complaints, args)
      desks.push(running)
      return running
    },
    async stop() {
      await browser.close()
      for (const desk of desks.toReversed()) await desk.stop()
      for (const folder of [home, `${home}-keys`]) {
        rmSync(folder, { recursive: true, force: true })
      }
      rmSync(`${home}-keys`, { recursive: true, force: true })
    },
  }
}

async function startDesk(
  home: string,
  desk: string,
  browser: Browser,
  complaints: string[],
  args: readonly string[],
): Promise<RunningDesk> {
  const child = spawn(
    process.execPath,
    [join(root, 'tools', 'start.ts'), '--home', home, '--desk', desk, '--scanner', 'demo', ...args],
    {
      cwd: root,
      env: { ...process.env, BROWSER: 'none', CITYDESK_KEYS: `${home}-keys` },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const lines = linesOf(child)
  let opening: string | null = addressIn(await lines(/Desk .: http/))
  const nextAddress = async (): Promise<string> => {
    if (opening === null) {
      child.stdin.write('\n')
      opening = addressIn(await lines(/^http/))
    }
    const address = opening
    opening = null
    return address
  }
  return {
    home: join(home, `desk-${desk}`),
    open: async (look = {}) =>
      openPage(browser, await nextAddress(), { ...usualLook, ...look }, complaints),
    enginePid: async () => {
      child.stdin.write('pid\n')
      const line = await lines(/^engine /)
      return Number(line.split(' ')[1])
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}

const addressIn = (line: string): string => /http\S+/.exec(line)?.[0] ?? ''

/** Waits for a line of the program's output; what came before it is passed over. */
function linesOf(child: ChildProcess): (wanted: RegExp) => Promise<string> {
  const seen: string[] = []
  const waiting = new Set<() => void>()
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      seen.push(line)
      for (const wake of waiting) wake()
    })
  }
  return (wanted) =>
    new Promise((found, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`no ${String(wanted)} in:\n${seen.join('\n')}`)),
        START_MS_MAX,
      )
      const look = (): void => {
        const at = seen.findIndex((line) => wanted.test(line))
        if (at < 0) return
        const [line] = seen.splice(0, at + 1).slice(-1)
        waiting.delete(look)
        clearTimeout(timer)
        found(line ?? '')
      }
      waiting.add(look)
      look()
    })
}

async function openPage(
  browser: Browser,
  address: string,
  look: Look,
  complaints: string[],
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    locale: look.language,
  })
  context.setDefaultTimeout(STEP_MS_MAX)
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (/Content Security Policy|TrustedHTML|Trusted Type/i.test(text)) complaints.push(text)
  })
  await page.goto(address)
  return page
}
