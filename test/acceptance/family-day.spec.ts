/** A family of four with twenty-five books, served by somebody who never lets go of the keyboard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maskedName } from '../../domain/words/masked-name.ts'
import { samplePassword } from '../../cli/sample-city/city.ts'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { shootLightAndDark } from './shots.ts'
import { soon } from './soon.ts'

const mother = { card: '0440050000106', name: '黄丽华' }
/** Eight years old; covered on the screen. */
const child = { card: '0440050000105', name: '黄**' }
const aunt = { card: '0440050001012', name: '刘珺玥' }
const uncle = { card: '0440050001010', name: '张堃' }
/** Twenty of the city library, five that Nanshan sent along. */
const books = [
  ...Array.from({ length: 20 }, (_, n) => `044005${10_000_001 + n}`),
  ...Array.from({ length: 5 }, (_, n) => `044006${10_000_001 + n}`),
]
const pile = (from: number, to: number): readonly string[] => books.slice(from - 1, to)

let city: RunningCity
let desk: DeskPage

beforeAll(async () => {
  city = await startCity()
  desk = new DeskPage(await (await city.startDesk('A')).open())
  // What a mouse, a pen or a finger does; Enter on a button is none of these.
  await desk.page.evaluate(() => {
    document.documentElement.dataset['pointed'] = '0'
    for (const kind of ['pointerdown', 'mousedown', 'touchstart', 'wheel', 'pointermove']) {
      const count = (): void => {
        const { dataset } = document.documentElement
        dataset['pointed'] = String(Number(dataset['pointed']) + 1)
      }
      window.addEventListener(kind, count, { capture: true })
    }
  })
}, 180_000)
afterAll(() => city.stop(), 60_000)

const press = (combo: string): Promise<void> => desk.page.keyboard.press(combo)

const atDesk = async (reader: { card: string; name: string }): Promise<void> => {
  await desk.lend.scanReader(reader.card)
  await expect.poll(() => desk.lend.readerName(), soon).toBe(maskedName(reader.name))
}

const lendAll = async (barcodes: readonly string[]): Promise<void> => {
  for (const barcode of barcodes) expect(await desk.lend.scanItem(barcode)).toBe('done')
}

const loansOnCard = async (): Promise<number> =>
  Number(/(\d+) \//.exec(await desk.lend.loansCount().innerText())?.[1])

describe('一家四口，二十五册，只用键盘', () => {
  it('输入账号密码登录，手不离键盘', async () => {
    await desk.page.getByTestId('sample-chen').waitFor()
    await desk.page.keyboard.type('chen')
    await press('Tab')
    await desk.page.keyboard.type(samplePassword)
    await press('Enter')
    await desk.page.getByTestId('nav-lend').waitFor()
    await desk.connection('online')
    await desk.goTo('lend')
    expect(await desk.page.getByTestId('status-who').innerText()).toContain('陈静')
  })

  it('妈妈的证，先借五册', async () => {
    await atDesk(mother)
    await lendAll(pile(1, 5))
    await expect.poll(loansOnCard, soon).toBe(5)
  })

  it('孩子跑来插队：扫孩子的证就换人，借四册', async () => {
    await atDesk(child)
    await lendAll(pile(6, 9))
    await expect.poll(loansOnCard, soon).toBe(4)
    expect(await violations(desk.page)).toEqual([])
    expect(await wrongWords(desk.page, 'zh-CN')).toEqual([])
    expect(await outOfReach(desk.page)).toEqual([])
    await shootLightAndDark(desk.page, 'family-1-child')
  })

  it('第五册其实是妈妈的：Ctrl+Z 撤销刚借的一册', async () => {
    const wrong = books[9] ?? ''
    await lendAll([wrong])
    await expect.poll(loansOnCard, soon).toBe(5)
    await press('Control+z')
    await desk.lend.row(wrong).and(desk.page.locator('[data-state=undone]')).waitFor()
    await expect.poll(loansOnCard, soon).toBe(4)
    await shootLightAndDark(desk.page, 'family-2-undone')
  })

  it('再扫妈妈的证，这一册借给妈妈，接着还有两册', async () => {
    await atDesk(mother)
    await expect.poll(loansOnCard, soon).toBe(5)
    await lendAll(pile(10, 12))
    await expect.poll(loansOnCard, soon).toBe(8)
  })

  it('F2 换下一位：姨妈五册，姨父五册，孩子补三册', async () => {
    await desk.lend.nextReader()
    await atDesk(aunt)
    await lendAll(pile(13, 17))
    await desk.lend.nextReader()
    await atDesk(uncle)
    await lendAll(pile(18, 22))
    await atDesk(child)
    await lendAll(pile(23, 25))
    await expect.poll(loansOnCard, soon).toBe(7)
    await shootLightAndDark(desk.page, 'family-3-last')
  })

  it('今日清单写着借出二十五册，撤销的不算；四张证上也正好二十五册', async () => {
    await desk.allSent()
    await desk.goTo('today')
    await desk.today.row('loan.check-out', books.at(-1) ?? '').waitFor()
    expect(await desk.today.lent().innerText()).toBe('借出 25')
    const counts: number[] = []
    await desk.goTo('lend')
    for (const reader of [mother, child, aunt, uncle]) {
      await desk.lend.nextReaderIfAny()
      await atDesk(reader)
      counts.push(await loansOnCard())
    }
    expect(counts).toEqual([8, 7, 5, 5])
    expect(await desk.openExceptionsCount()).toBe(0)
  })

  it('自始至终没有碰过鼠标', async () => {
    expect(await desk.page.evaluate(() => document.documentElement.dataset['pointed'])).toBe('0')
    expect(city.complaints).toEqual([])
  })
})
