/** From a title to the label on its spine, by keys alone; and two rooms of one class without a line. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { printedBy, watchPrinter } from './printer.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const CLASS = 'I999'

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  ;({ city, a, b } = await startTwoDesks('wu', 'wu'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

const press = ({ page }: DeskPage, key: string): Promise<void> => page.keyboard.press(key)
const callNumber = ({ page }: DeskPage) => page.getByTestId('add-callNumber')
const callNumberOf = (desk: DeskPage): Promise<string> => callNumber(desk).inputValue()
const verdict = ({ page }: DeskPage): Promise<string> => page.getByTestId('verdict').innerText()

/** In both languages and both lights, as librarians meet it. */
async function looksRight(desk: DeskPage, name: string): Promise<void> {
  for (const [language, appearance] of [
    ['en', 1],
    ['zh-CN', 0],
  ] as const) {
    await desk.setLanguage(language)
    await desk.setAppearance(appearance)
    await desk.page.screenshot({ path: join(shots, `${name}.${language}.png`) })
    expect(await violations(desk.page)).toEqual([])
    expect(await wrongWords(desk.page, language)).toEqual([])
    expect(await outOfReach(desk.page)).toEqual([])
  }
}

/** The first title that the words find, with the fields for its new items. */
async function openAdding(desk: DeskPage, words: string): Promise<void> {
  await desk.goTo('search')
  await desk.search.type(words)
  await desk.search.titles().first().waitFor()
  await press(desk, 'Enter')
  await desk.page.getByTestId('title-card').waitFor()
  await press(desk, 'Alt+a')
  await desk.page.getByTestId('add-first').waitFor()
}

/** The class of these stories: what the sample city has on its shelves is numbered already. */
async function takeNumber(desk: DeskPage): Promise<void> {
  await callNumber(desk).fill(CLASS)
  await expect.poll(() => desk.page.getByTestId('take-number').isEnabled(), soon).toBe(true)
  await press(desk, 'Alt+n')
}

async function addLabels(desk: DeskPage, first: string, count: number): Promise<void> {
  await desk.page.getByTestId('add-first').focus()
  // As a hand types: what comes faster is a scan.
  await desk.page.keyboard.type(first, { delay: 40 })
  await press(desk, 'Tab')
  await desk.page.keyboard.type(String(count))
  await press(desk, 'Enter')
  await expect.poll(() => desk.page.getByTestId('label-row').count(), soon).toBe(count)
  await press(desk, 'Control+s')
  await expect.poll(() => verdict(desk), soon).toContain(`已加 ${count} 册`)
}

describe('种次号方案', () => {
  it('C41 网点主管把两馆的架位合成一个方案，全市可见', async () => {
    await a.goTo('schemes')
    await a.page.getByTestId('empty').waitFor()
    await looksRight(a, 'schemes-empty')
    await press(a, 'Alt+n')
    await a.page.getByTestId('scheme-nameZh').fill('中文图书')
    await a.page.getByTestId('scheme-nameEn').fill('Chinese books')
    await press(a, 'Alt+j')
    await a.page.getByTestId('scheme-places').getByRole('combobox').nth(1).click()
    await a.page.keyboard.type('南山图书馆')
    await press(a, 'Enter')
    await looksRight(a, 'schemes')
    await press(a, 'Control+s')
    await a.page.getByTestId('scheme-row').waitFor()
    await a.allSent()
    await b.goTo('schemes')
    await expect
      .poll(() => b.page.getByTestId('scheme-row').innerText(), soon)
      .toContain('中文图书')
  })
})

describe('一种新书：检索、取号、三个条码、三张书标', () => {
  it('C42 没有号段时向全市取号，线路通，号马上到', async () => {
    await openAdding(a, 'sanguo')
    await takeNumber(a)
    await expect.poll(() => callNumberOf(a), soon).toBe(`${CLASS}/1`)
    await looksRight(a, 'numbering')
  })

  it('三个条码，一次加上', async () => {
    await addLabels(a, '04400530000101', 3)
    expect(await a.page.getByTestId('label-row').count()).toBe(0)
  })

  it('C50 打出三张书标，都打好了', async () => {
    await watchPrinter(a)
    await a.goTo('labels')
    await expect.poll(() => a.page.getByTestId('due-row').count(), soon).toBe(3)
    await looksRight(a, 'labels')
    await press(a, 'Control+p')
    const [paper = ''] = await printedBy(a)
    expect(paper).toBe(`${CLASS}1`.repeat(3))
    await press(a, 'Alt+y')
    await expect.poll(() => verdict(a), soon).toContain('已记下')
    await expect.poll(() => a.page.getByTestId('due-row').count(), soon).toBe(0)
  })

  it('扫一册书，补打它的书标', async () => {
    await a.scan('04400530000102')
    await expect.poll(() => a.page.getByTestId('due-row').count(), soon).toBe(1)
    await press(a, 'Control+p')
    expect((await printedBy(a)).at(-1)).toBe(`${CLASS}1`)
    await press(a, 'Escape')
  })

  it('排架目录里，三册站在一起；扫一册，找到它的位置', async () => {
    await a.goTo('shelfList')
    await a.page.getByTestId('shelf-row').first().waitFor()
    await looksRight(a, 'shelf-list')
    await a.page.getByTestId('shelf-from').fill(CLASS)
    await a.page.getByTestId('shelf-to').fill(CLASS)
    await expect.poll(() => a.page.getByTestId('shelf-row').count(), soon).toBe(3)
    await a.scan('04400530000103')
    await expect
      .poll(() => a.page.locator('[role=option][aria-selected=true]').innerText(), soon)
      .toContain('04400530000103')
    await a.scan('04400510000007')
    await expect.poll(() => a.page.getByTestId('shelf-absent').innerText(), soon).not.toBe('')
  })
})

describe('改单册', () => {
  it('C51 改了索书号的，书标列入重打', async () => {
    await a.page.getByTestId('shelf-to').fill('')
    await a.page.getByTestId('shelf-from').fill(CLASS)
    await a.page.getByTestId('shelf-row').first().waitFor()
    await press(a, 'Alt+o')
    await a.page.getByTestId('item-card').waitFor()
    await press(a, 'Alt+e')
    await a.page.getByTestId('edit-callNumber').fill(`${CLASS}/1:2`)
    await looksRight(a, 'item-edit')
    await a.page.getByTestId('edit-callNumber').press('Enter')
    await expect.poll(() => verdict(a), soon).not.toBe('')
    await a.goTo('labels')
    await expect
      .poll(async () => (await a.page.getByTestId('due-row').allInnerTexts()).join(), soon)
      .toContain(`${CLASS}/1:2`)
    await press(a, 'Control+p')
    expect((await printedBy(a)).at(-1)).toBe(`${CLASS}1:2`)
    await press(a, 'Alt+y')
    await expect.poll(() => a.page.getByTestId('due-row').count(), soon).toBe(0)
  })

  it('C55 换了条码，旧条码仍找到这册书', async () => {
    await a.goTo('shelfList')
    await a.page.getByTestId('shelf-from').fill(CLASS)
    await a.page.getByTestId('shelf-row').first().waitFor()
    const row = await a.page.getByTestId('shelf-row').first().innerText()
    const [before = ''] = /\d{14}/u.exec(row) ?? []
    await press(a, 'Alt+o')
    await a.page.getByTestId('item-card').waitFor()
    await press(a, 'Alt+b')
    await a.page.getByTestId('barcode-line').waitFor()
    await a.scan('04400530000999')
    await expect
      .poll(() => a.page.getByTestId('barcode-line').inputValue(), soon)
      .toBe('04400530000999')
    await a.page.getByTestId('barcode-line').press('Enter')
    await expect
      .poll(() => a.page.getByTestId('item-card').innerText(), soon)
      .toContain('04400530000999')
    await a.scan(before)
    await expect
      .poll(() => a.page.getByTestId('item-card').innerText(), soon)
      .toContain('04400530000999')
  })
})

describe('两馆同一类，都断了线', () => {
  it('C44 先各领到一段号', async () => {
    await openAdding(b, 'hongloumeng')
    await takeNumber(b)
    await expect.poll(() => callNumberOf(b), soon).toMatch(new RegExp(`^${CLASS}/\\d+$`, 'u'))
    for (const desk of [a, b]) {
      await openAdding(desk, 'xiyouji')
      await callNumber(desk).fill(CLASS)
      await expect
        .poll(() => desk.page.getByTestId('number-next').innerText(), { timeout: 60_000 })
        .toContain('下一号')
    }
  })

  it('C44 断线后各自取号、加单册，号不相同', async () => {
    for (const desk of [a, b]) await desk.pullThePlug()
    const taken = []
    for (const [desk, words, label] of [
      [a, 'shuihu', '04400530000201'],
      [b, 'xiyouji', '04400530000211'],
    ] as const) {
      await openAdding(desk, words)
      await takeNumber(desk)
      await expect.poll(() => callNumberOf(desk), soon).toMatch(new RegExp(`^${CLASS}/\\d+$`, 'u'))
      taken.push(await callNumberOf(desk))
      await addLabels(desk, label, 1)
    }
    expect(new Set(taken).size).toBe(2)
  })

  it('C42、C52 没有号段的一类：号待定，不打书标；线路恢复，号补上', async () => {
    await openAdding(a, 'hongloumeng')
    await callNumber(a).fill('K999')
    await expect.poll(() => a.page.getByTestId('take-number').isEnabled(), soon).toBe(true)
    await press(a, 'Alt+n')
    await a.page.getByTestId('provisional').waitFor()
    await looksRight(a, 'provisional')
    await addLabels(a, '04400530000221', 1)
    await a.goTo('labels')
    await expect.poll(() => a.page.getByTestId('due-row').allInnerTexts(), soon).toHaveLength(2)
    expect((await a.page.getByTestId('due-row').allInnerTexts()).join()).toContain('待定号')
    for (const desk of [a, b]) {
      await desk.putThePlugBack()
      await desk.allSent()
    }
    await expect
      .poll(async () => (await a.page.getByTestId('due-row').allInnerTexts()).join(), {
        timeout: 60_000,
      })
      .toContain('K999/1')
    await a.page.screenshot({ path: join(shots, 'labels-numbered.zh-CN.png') })
  })

  it('C43 线路恢复后，没有同号异书的例外', async () => {
    expect(city.complaints).toEqual([])
    for (const desk of [a, b]) {
      await desk.goTo('exceptions')
      const rows = await desk.page.getByText(/书次号/u).count()
      expect(rows).toBe(0)
    }
  })
})
