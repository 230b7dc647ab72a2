/** A class trip on one card: over the limit, a colleague called to the desk, and only for this visit. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samplePassword } from '../../cli/sample-city/city.ts'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { shootAll } from './shots.ts'
import { soon } from './soon.ts'

/** A child’s card: ten items, of whatever kind. */
const child = '0440050000105'
const other = '0440050000106'
const book = (number: number): string => `044005${10_000_000 + number}`
const wu = { username: 'wu', password: samplePassword }

let city: RunningCity
let desk: DeskPage

beforeAll(async () => {
  city = await startCity()
  desk = new DeskPage(await (await city.startDesk('A')).open())
  await desk.signIn('chen')
  await desk.connection('online')
}, 180_000)
afterAll(() => city.stop(), 60_000)

const wrongOf = (name: string): Promise<string[]> =>
  shootAll(desk, name, async (language) => [
    ...(await violations(desk.page)),
    ...(await wrongWords(desk.page, language)),
    ...(await outOfReach(desk.page)),
  ])

const needsSecond = (): Promise<boolean> => desk.page.getByTestId('second-person').isVisible()

describe('超过册数上限的读者', () => {
  it('十册以内，一册接一册', async () => {
    await desk.goTo('lend')
    await desk.lend.scanReader(child)
    for (let number = 1; number <= 10; number += 1) {
      expect(await desk.lend.scanItem(book(number))).toBe('done')
    }
  })

  it('L6、L29 第十一册：馆员自己写明理由放行，只管这一册', async () => {
    expect(await desk.lend.scanItem(book(11))).toBe('deciding')
    expect(await desk.lend.findings()).toContain('item-limit-reached')
    expect(await needsSecond()).toBe(false)
    await desk.lend.confirmDecision()
    expect(await desk.lend.answered(book(11))).toBe('done')
    expect(await desk.lend.standing()).toEqual([])
  })

  it('L28 第十二册：放行，本次到馆有效', async () => {
    expect(await desk.lend.scanItem(book(12))).toBe('deciding')
    await desk.lend.confirmForVisit()
    expect(await desk.lend.answered(book(12))).toBe('done')
    await expect.poll(() => desk.lend.standing(), soon).toHaveLength(1)
  })

  it('L29 第十三册：一个人放行不够，要请一位同事到台前', async () => {
    expect(await desk.lend.scanItem(book(13))).toBe('deciding')
    expect(await needsSecond()).toBe(true)
    expect(await wrongOf('override-1-second-person')).toEqual([])
    await desk.lend.confirmForVisit(wu)
    expect(await desk.lend.answered(book(13))).toBe('done')
  })

  it('L28 同事走了，后面几册不再问，每一册都记着是谁放行的', async () => {
    for (const number of [14, 15, 16]) {
      expect(await desk.lend.scanItem(book(number))).toBe('done')
    }
    await expect.poll(() => desk.lend.standing(), soon).toEqual([expect.stringContaining('上限')])
    expect(await wrongOf('override-2-for-this-visit')).toEqual([])
    await expect.poll(() => desk.lend.loansCount().innerText(), soon).toMatch(/\b16 \//)
  })

  it('L28 换了读者就不算了：再扫这张证，从头问起', async () => {
    await desk.lend.nextReader()
    await desk.lend.scanReader(other)
    expect(await desk.lend.standing()).toEqual([])
    await desk.lend.scanReader(child)
    expect(await desk.lend.scanItem(book(17))).toBe('deciding')
    expect(await needsSecond()).toBe(true)
    await desk.lend.leaveDecision()
  })

  it('中心说的一样：都是有人放行的，没有例外', async () => {
    await desk.allSent()
    expect(await desk.openExceptionsCount()).toBe(0)
    expect(city.complaints).toEqual([])
  })
})
