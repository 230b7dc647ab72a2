/** A reader's question at the desk: many titles, narrowed by keys alone to what stands on the shelf. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outOfReach, violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { startOneDesk } from './one-desk.ts'
import type { OneDesk } from './one-desk.ts'
import { shootAll } from './shots.ts'
import { soon } from './soon.ts'

let one: OneDesk
let desk: DeskPage

beforeAll(async () => {
  one = await startOneDesk('chen')
  desk = one.desk
  await desk.page.setViewportSize({ width: 1366, height: 768 })
}, 180_000)
afterAll(() => one.city.stop(), 60_000)

const chip = (name: string) => desk.page.getByTestId(`facet-${name}`)
const countOf = async (name: string): Promise<number> =>
  Number(/(\d+)$/.exec(await chip(name).innerText())?.[1])
const shown = async (): Promise<number> =>
  Number(/\d+/.exec(await desk.page.getByTestId('search-count').innerText())?.[0])

/** By Tab alone, from the search box on. */
async function press(name: string): Promise<void> {
  await desk.page.keyboard.press('Escape')
  for (let step = 0; step < 40; step += 1) {
    await desk.page.keyboard.press('Tab')
    const focused = await desk.page.evaluate(() =>
      document.activeElement?.getAttribute('data-testid'),
    )
    if (focused !== `facet-${name}`) continue
    await desk.page.keyboard.press('Enter')
    return
  }
  throw new Error(`facet-${name} is not reached by Tab`)
}

describe('a found list that is narrowed', () => {
  it('counts what each choice leaves, and leaves it', async () => {
    await desk.goTo('search')
    await desk.page.locator('[data-testid=search-text]:focus').waitFor()
    await desk.page.keyboard.type('中国')
    await chip('here').waitFor()
    const all = await shown()
    expect(await countOf('kind-book')).toBeLessThan(all)
    await press('kind-book')
    await expect.poll(() => chip('kind-book').getAttribute('aria-pressed'), soon).toBe('true')
    await expect.poll(shown, soon).toBe(await countOf('kind-book'))
    const amongBooks = await shown()
    await press('here')
    await expect.poll(() => chip('here').getAttribute('aria-pressed'), soon).toBe('true')
    await expect.poll(shown, soon).toBe(await countOf('here'))
    expect(await shown()).toBeLessThanOrEqual(amongBooks)
    expect(new URL(desk.page.url()).href).toContain('kind=book')
  })

  it('keeps what the library has itself, and marks the words that answered', async () => {
    await press('held-library')
    await expect.poll(() => chip('held-library').getAttribute('aria-pressed'), soon).toBe('true')
    await expect.poll(shown, soon).toBe(await countOf('held-library'))
    expect(await countOf('held-library')).toBeLessThanOrEqual(await countOf('held-city'))
    const marks = desk.page.getByTestId('title-row').first().locator('mark')
    expect(await marks.first().innerText()).toBe('中国')
  })

  it('reads well in both languages, by day and by night', async () => {
    const wrong = await shootAll(desk, 'facets', async (language) => [
      ...(await violations(desk.page)),
      ...(await wrongWords(desk.page, language)),
      ...(await outOfReach(desk.page)),
    ])
    expect(wrong).toEqual([])
  })

  it('is narrowed without a line as well', async () => {
    await press('clear')
    await expect.poll(() => chip('clear').count(), soon).toBe(0)
    await desk.pullThePlug()
    await press('here')
    await expect.poll(shown, soon).toBe(await countOf('here'))
  })

  it('finds a book by the label in the hand, without a line, and says so', async () => {
    await desk.goTo('search')
    await desk.page.getByTestId('search-text').fill('zhongguo')
    await desk.page.getByTestId('title-row').first().click()
    const barcode = await desk.page.getByTestId('title-item').first().getByRole('link').innerText()
    await desk.page.getByTestId('search-text').fill(barcode)
    await expect
      .poll(() => desk.page.getByTestId('item-number').allInnerTexts(), soon)
      .toEqual([barcode])
  })
})
