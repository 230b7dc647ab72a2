/** From the last key of a scan to the frame that shows its verdict, measured inside the page. */
import type { Page } from 'playwright-core'
import { startCity } from '../acceptance/city.ts'
import { DeskPage } from '../acceptance/pages/desk-page.ts'
import { scanKeys } from '../acceptance/pages/scan-keys.ts'
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
    // A machine so busy that the keys of a scan come apart makes no figure worth keeping.
    const giveUp = (): void => reject(new Error(`no answer in ${row}`))
    setTimeout(giveUp, 10_000)
    const watcher = new MutationObserver(() => {
      const found = document.querySelector(row)
      if (found === null || /^(?:waiting|working)$/.test(found.getAttribute('data-state') ?? ''))
        return
      watcher.disconnect()
      // The next frame draws the change; a message sent from it arrives after the frame is done.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => resolve(performance.now() - window.enteredAt))
        port1.start()
        port2.postMessage(null)
      })
    })
    watcher.observe(document.body, { subtree: true, childList: true, attributes: true })
  })
}

async function scanTimed(page: Page, row: string, code: string): Promise<number> {
  await page.evaluate(expectScan, `[data-testid=${row}][data-barcode="${code}"]`)
  await scanKeys(page, code)
  return page.evaluate(() => window.scanPainted)
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
    const timings: Timing[] = []
    for (const { name, card } of readers) {
      const lent: number[] = []
      const returned: number[] = []
      while (lent.length < scans) {
        await screen.goTo('lend')
        await page.keyboard.press('F2')
        await screen.lend.scanReader(card)
        for (const barcode of barcodes) lent.push(await scanTimed(page, 'lend-row', barcode))
        await screen.goTo('return')
        await page.keyboard.press('F2')
        for (const barcode of barcodes) returned.push(await scanTimed(page, 'return-row', barcode))
      }
      timings.push(timing(`lend to ${name}`, lent), timing(`return from ${name}`, returned))
    }
    return timings
  } finally {
    await city.stop()
  }
}
