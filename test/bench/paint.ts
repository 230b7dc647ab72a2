/** From the last key of a scan to the frame that shows its verdict, measured inside the page. */
import type { CDPSession, Page } from 'playwright-core'
import { startCity } from '../acceptance/city.ts'
import { DeskPage } from '../acceptance/pages/desk-page.ts'
import { timing } from './measure.ts'
import type { Timing } from './measure.ts'

/** Scans of each kind and reader. */
const SCANS = 100
/** No more than an ordinary card may borrow at once. */
const STACK = 10
const readers = [
  { name: 'an ordinary reader', card: '0440050000101' },
  { name: 'an institution with 1,000 loans', card: '0440050000107' },
] as const
/** On the shelf of the desk's own branch in the sample city. */
const barcodes = Array.from(
  { length: STACK },
  (_, index) => `0440051${String(index + 1).padStart(7, '0')}`,
)

declare global {
  interface Window {
    /** When the last Enter was pressed, on the page's own clock. */
    enteredAt: number
    /** Ms from Enter to paint of the scan that was expected. */
    scanPainted: Promise<number>
  }
}

/** Before any listener of the page: the wedge lets none behind it see the keys of a scan. */
async function noteEnter(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const note = (event: KeyboardEvent): void => {
      if (event.key === 'Enter') window.enteredAt = event.timeStamp
    }
    window.addEventListener('keydown', note, { capture: true })
  })
  await page.reload()
}

/** Runs in the page. No round trip to the driver is in the figure, and no key before Enter. */
function expectScan(row: string): void {
  window.scanPainted = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer in ${row}`)), 10_000)
    const watcher = new MutationObserver(() => {
      const found = document.querySelector(row)
      if (found === null || /^(?:waiting|working)$/.test(found.getAttribute('data-state') ?? ''))
        return
      watcher.disconnect()
      // The next frame draws the change; a message sent from it arrives after the frame is done.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - window.enteredAt)
        port2.postMessage(null)
      })
    })
    watcher.observe(document.body, { subtree: true, childList: true, attributes: true })
  })
}

async function scanTimed(
  scanner: CDPSession,
  page: Page,
  row: string,
  code: string,
): Promise<number> {
  await page.evaluate(expectScan, `[data-testid=${row}][data-barcode="${code}"]`)
  await scan(scanner, code)
  return page.evaluate(() => window.scanPainted)
}

/** All keys in one burst: with a round trip for each, a busy machine types like a person. */
async function scan(scanner: CDPSession, code: string): Promise<void> {
  const strokes = [
    ...Array.from(code, (key) => ({
      key,
      code: `Digit${key}`,
      text: key,
      windowsVirtualKeyCode: key.charCodeAt(0),
    })),
    { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 },
  ]
  await Promise.all(
    strokes.flatMap((stroke) => [
      scanner.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stroke }),
      scanner.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke, text: '' }),
    ]),
  )
}

/** The stack is lent and returned again and again, by the very programs that `npm start` runs. */
export async function benchPaint(scans: number = SCANS): Promise<Timing[]> {
  const city = await startCity()
  try {
    const desk = await city.startDesk('A')
    const page = await desk.open()
    await noteEnter(page)
    const screen = new DeskPage(page)
    await screen.signIn('chen')
    await screen.connection('online')
    const scanner = await page.context().newCDPSession(page)
    const timings: Timing[] = []
    for (const { name, card } of readers) {
      const lent: number[] = []
      const returned: number[] = []
      while (lent.length < scans) {
        await screen.goTo('lend')
        await page.keyboard.press('F2')
        await screen.lend.scanReader(card)
        for (const barcode of barcodes)
          lent.push(await scanTimed(scanner, page, 'lend-row', barcode))
        await screen.goTo('return')
        await page.keyboard.press('F2')
        for (const barcode of barcodes)
          returned.push(await scanTimed(scanner, page, 'return-row', barcode))
      }
      timings.push(timing(`lend to ${name}`, lent), timing(`return from ${name}`, returned))
    }
    return timings
  } finally {
    await city.stop()
  }
}
