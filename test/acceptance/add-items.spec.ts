/** A carton of new books is labelled: scans, a run of labels, one label too many, and no line. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outOfReach, violations, wrongWords } from './look.ts'
import { startOneDesk } from './one-desk.ts'
import type { OneDesk } from './one-desk.ts'
import { soon } from './soon.ts'

const inUse = '04400510000007'
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let one: OneDesk
let itemsBefore = 0

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  one = await startOneDesk('lin')
}, 180_000)
afterAll(() => one.city.stop(), 60_000)

const press = (key: string): Promise<void> => one.desk.page.keyboard.press(key)
const type = (text: string): Promise<void> => one.desk.page.keyboard.type(text, { delay: 40 })
const rows = (): Locator => one.desk.page.getByTestId('label-row')
const states = (): Promise<string[]> =>
  rows().evaluateAll((found) => found.map((row) => row.getAttribute('data-taken') ?? ''))
const verdict = (): Promise<string> => one.desk.page.getByTestId('verdict').innerText()

/** From the list of titles to the fields for labels, hands on the keyboard. */
async function openAdding(): Promise<void> {
  const { desk } = one
  await desk.goTo('search')
  await desk.search.type('sanguo')
  await desk.search.titles().first().waitFor()
  await press('Enter')
  await desk.page.getByTestId('title-card').waitFor()
  itemsBefore = await desk.search.items().count()
  await press('Alt+a')
  await desk.page.getByTestId('add-first').waitFor()
}

const itemsNow = async (): Promise<number> => {
  await press('Escape')
  await one.desk.page.getByTestId('title-card').waitFor()
  return one.desk.search.items().count()
}

describe('新书加工', () => {
  it('编目员检索到书目，按键打开加单册，索书号照本馆已有的复本', async () => {
    await openAdding()
    expect(await one.desk.page.getByTestId('add-callNumber').inputValue()).not.toBe('')
  })

  it('逐册扫条码；误扫书号不丢清单；一个条码已在使用', async () => {
    for (const label of ['04400530000001', '04400530000002', inUse]) {
      await one.desk.scan(label)
      await rows().filter({ hasText: label }).waitFor()
    }
    await one.desk.scan('9787020002207')
    await expect
      .poll(() => one.desk.page.getByTestId('add-trouble').innerText(), soon)
      .toContain('9787020002207')
    await expect.poll(states, soon).toEqual(['false', 'false', 'true'])
    expect(await one.desk.page.getByTestId('add-save').isDisabled()).toBe(true)
    for (const language of ['en', 'zh-CN'] as const) {
      await one.desk.setLanguage(language)
      await one.desk.page.screenshot({ path: join(shots, `add-items.${language}.png`) })
      expect(await violations(one.desk.page)).toEqual([])
      expect(await wrongWords(one.desk.page, language)).toEqual([])
      expect(await outOfReach(one.desk.page)).toEqual([])
    }
  })

  it('去掉已在使用的，其余两册加上', async () => {
    await press('Alt+k')
    await expect.poll(states, soon).toEqual(['false', 'false'])
    await press('Control+s')
    await expect.poll(verdict, soon).toContain('已加 2 册')
    expect(await itemsNow()).toBe(itemsBefore + 2)
  })

  it('一段连号：第一个条码和册数', async () => {
    await openAdding()
    await type('04400530000011')
    await press('Tab')
    await type('5')
    await press('Enter')
    await expect.poll(states, soon).toHaveLength(5)
    await press('Control+s')
    await expect.poll(verdict, soon).toContain('04400530000015')
    expect(await itemsNow()).toBe(itemsBefore + 5)
  })

  it('没有线路照样加；线路回来，中心收下', async () => {
    await one.desk.allSent()
    await one.desk.pullThePlug()
    await openAdding()
    await one.desk.scan('04400530000021')
    await rows().first().waitFor()
    await press('Control+s')
    await expect.poll(verdict, soon).toContain('已加 1 册')
    await one.desk.page.screenshot({ path: join(shots, 'add-items-offline.zh-CN.png') })
    await one.desk.putThePlugBack()
    await one.desk.allSent()
    expect(await itemsNow()).toBe(itemsBefore + 1)
  })
})
