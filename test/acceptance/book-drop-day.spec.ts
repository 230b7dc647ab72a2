/** Morning: the crate of the book drop, scanned before the doors open, as of the evening before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { shootAll } from './shots.ts'
import { soon } from './soon.ts'

const reader = '0440050000101'
const lateReader = '0440050000102'
const [mine, alsoMine, damaged] = ['04400510000001', '04400510000002', '04400510000003'] as const
const ofNanshan = '04400610000001'
const unheardOf = '04400599999999'
const damage = '书脊开裂'

let city: RunningCity
let desk: DeskPage
let late: string
let dueOn: string

beforeAll(async () => {
  city = await startCity()
  desk = new DeskPage(await (await city.startDesk('A')).open())
  await desk.signIn('chen')
  await desk.connection('online')
}, 180_000)
afterAll(() => city.stop(), 60_000)

const feesOf = async (card: string): Promise<number> => {
  await desk.goTo('reader')
  await desk.reader.open(card)
  await desk.reader.loans().first().waitFor()
  return desk.page.getByTestId('reader-fees').getByText('¥').count()
}

/** What is wrong with the screen in either language, at 1366×768, by day and by night. */
const wrongOf = (name: string): Promise<string[]> =>
  shootAll(desk, name, async (language) => [
    ...(await violations(desk.page)),
    ...(await wrongWords(desk.page, language, damage)),
    ...(await outOfReach(desk.page)),
  ])

describe('早上清还书箱', () => {
  it('前一天借出三册；有一位读者的书已经超期', async () => {
    await desk.goTo('lend')
    await desk.lend.scanReader(reader)
    for (const barcode of [mine, alsoMine, damaged]) {
      expect(await desk.lend.scanItem(barcode)).toBe('done')
    }
    await desk.goTo('search')
    await desk.scan(damaged)
    await desk.page.getByTestId('item-card').getByText(damaged).waitFor()
    await desk.search.markDamaged(damage)
    await desk.goTo('reader')
    await desk.reader.open(lateReader)
    const overdue = desk.page.locator('[data-testid=loan-row]:has(.cd-late)')
    late = (await overdue.getAttribute('data-barcode')) ?? ''
    dueOn = /\d{4}-\d{2}-\d{2}/.exec(await overdue.innerText())?.[0] ?? ''
    expect(dueOn).toMatch(/^\d{4}-/)
  })

  it('Alt+W 换成还书箱，日期是上一个开馆日；全部按那天算', async () => {
    await desk.goTo('return')
    await desk.page.keyboard.press('Alt+w')
    const hint = () => desk.page.getByTestId('return-mode-hint').innerText()
    await expect.poll(hint, soon).toMatch(/\d{4}-\d{2}-\d{2}/)
    await desk.returning.scanItem(mine)
    expect(await desk.returning.whereNext()).toMatchObject({ route: 'shelf', tone: 'done' })
    await desk.returning.scanItem(alsoMine)
    expect((await desk.returning.whereNext()).route).toBe('shelf')
  })

  it('箱里有一册是长假前投进来的：改成应还那天，不收超期费', async () => {
    await desk.returning.bookDrop(dueOn)
    await desk.page.keyboard.press('Escape')
    await desk.returning.scanItem(late)
    const where = await desk.returning.whereNext()
    expect(where.text).not.toContain('¥')
    expect(await wrongOf('book-drop-1-back-dated')).toEqual([])
    expect(await feesOf(lateReader)).toBe(0)
    expect(await desk.reader.loan(late).count()).toBe(0)
  })

  it('别馆的书：最大的字写明送往哪里，单子夹在书里', async () => {
    await desk.goTo('return')
    await desk.returning.scanItem(ofNanshan)
    const where = await desk.returning.whereNext()
    expect(where.route).toBe('transit')
    expect(where.text).toContain('送往 南山图书馆')
  })

  it('破损的送工作间', async () => {
    await desk.returning.scanItem(damaged)
    expect((await desk.returning.whereNext()).route).toBe('workroom')
  })

  it('查不到的条码也照样收下，送编目或工作间，不拦着后面的书', async () => {
    await desk.returning.scanItem(unheardOf)
    const where = await desk.returning.whereNext()
    expect(where.tone).toBe('needs-you')
    expect(['workroom', 'cataloguing']).toContain(where.route)
    expect(await wrongOf('book-drop-2-unknown')).toEqual([])
  })

  it('开门：换回当面还书，箱里的一册也没有漏记', async () => {
    await desk.returning.bookDrop(null)
    await desk.allSent()
    await desk.goTo('today')
    for (const barcode of [mine, alsoMine, late, ofNanshan, damaged]) {
      await desk.today.row('loan.check-in', barcode).waitFor()
    }
    await desk.goTo('reader')
    await desk.reader.open(reader)
    await expect.poll(() => desk.reader.loans().count(), soon).toBe(0)
    expect(city.complaints).toEqual([])
  })
})
