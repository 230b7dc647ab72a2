/** Two rooms change one record without a line: both values come to lie side by side, and a person chooses. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordText } from '../../renderer/features/drafts/record-text.ts'
import { aGoodRecord } from '../builders/good-record.ts'
import { violations, wrongWords } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'
import type { TwoDesks } from './two-desks.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const TITLE = '海边的风车'
/** What the book was translated from. */
const ORIGINAL = 'Le moulin de la mer'
const original = aGoodRecord(
  '001  012021000002',
  '010  $dCNY40.00',
  `2001 $a${ORIGINAL}$f圣埃克苏佩里著`,
  '702 0$a李玉民$9li yu min$4编',
)
const record = aGoodRecord(`2001 $a${TITLE}$9hai bian de feng che$f(法)圣埃克苏佩里著$g李玉民译`)

let desks: TwoDesks
/** Where a cataloguer works, and where a reviewer does. */
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  desks = await startTwoDesks('lin', 'song')
  a = desks.a
  b = desks.b
}, 180_000)
afterAll(() => desks.city.stop(), 60_000)

const opened = ({ page }: DeskPage, state: string) =>
  page.locator(`[data-testid=draft-open][data-state=${state}]`)
const draftRow = ({ page }: DeskPage, state: string) =>
  page.locator(`[data-testid=draft-row][data-state=${state}]`).filter({ hasText: TITLE })
const cell = ({ page }: DeskPage, tag: string) =>
  page.locator(`[data-testid=grid-row][data-tag="${tag}"] [data-part=text]`).first()
const changeOf = ({ page }: DeskPage, tag: string) =>
  page.getByTestId('draft-change').filter({ has: page.getByText(tag, { exact: true }) })

const findTitle = async (desk: DeskPage): Promise<void> => {
  await desk.goTo('search')
  await expect
    .poll(async () => {
      await desk.search.type('')
      await desk.search.type(TITLE)
      return desk.search.titles().filter({ hasText: TITLE }).count()
    }, soon)
    .toBeGreaterThan(0)
  await desk.search.openTitle(TITLE)
}

describe('两处断网改同一条书目', () => {
  it('审校员自己写一条，发布', async () => {
    await b.goTo('drafts')
    await b.page.keyboard.press('Alt+n')
    await opened(b, 'drafted').waitFor()
    await b.page.keyboard.press('Alt+t')
    await b.page.getByTestId('draft-text').fill(recordText(record))
    await b.page.keyboard.press('Alt+p')
    await expect.poll(() => opened(b, 'published').count(), soon).toBe(1)
    await b.allSent()
  })

  it('都拔了网线，各自修改：出版地两处写得不一样，别的各改各的', async () => {
    for (const desk of [a, b]) await findTitle(desk)
    await a.pullThePlug()
    await b.pullThePlug()
    for (const desk of [a, b]) {
      await desk.page.getByTestId('edit-record').click()
      await desk.page.getByTestId('draft-begin-of').click()
      await opened(desk, 'drafted').waitFor()
    }
    await cell(a, '210').fill('‡a上海‡c中译出版社‡d2022')
    await cell(a, '215').fill('‡a120页‡c图‡d21cm')
    await a.page.keyboard.press('Alt+s')
    await opened(a, 'submitted').waitFor()
    await cell(b, '210').fill('‡a广州‡c中译出版社‡d2022')
    await cell(b, '690').fill('‡aI565.84‡v5')
    await b.page.keyboard.press('Alt+p')
    await expect.poll(() => opened(b, 'published').count(), soon).toBe(1)
  })

  it('插回网线：送审的一条里，两个出版地并排，起草时的也在', async () => {
    await b.putThePlugBack()
    await b.allSent()
    await a.putThePlugBack()
    await a.allSent()
    await draftRow(b, 'submitted').click()
    await opened(b, 'submitted').waitFor()
    await expect.poll(() => changeOf(b, '210').getAttribute('data-clash'), soon).toBe('true')
    const told = await changeOf(b, '210').innerText()
    for (const place of ['北京', '上海', '广州']) expect(told).toContain(place)
    await changeOf(b, '210').scrollIntoViewIfNeeded()
    await b.page.screenshot({ path: join(shots, 'record-clash.png') })
    expect(await violations(b.page)).toEqual([])
    expect(await wrongWords(b.page, 'zh-CN')).toEqual([])
  })

  it('没有人选定以前发布不了；审校员退回，编目员选用现有的出版地，别的都留着', async () => {
    await b.page.keyboard.press('Alt+p')
    await expect
      .poll(() => b.page.getByTestId('draft-verdict').getAttribute('data-outcome'), soon)
      .toBe('stop')
    await b.page.getByTestId('draft-remark-text').fill('210 出版地以版权页为准')
    await b.page.keyboard.press('Alt+r')
    await opened(a, 'returned').waitFor()
    await changeOf(a, '210').getByTestId('take-city').click()
    await expect.poll(() => cell(a, '210').inputValue(), soon).toContain('广州')
    await a.page.getByTestId('draft-rebase').click()
    await expect.poll(() => cell(a, '690').inputValue(), soon).toBe('‡aI565.84‡v5')
    expect(await cell(a, '215').inputValue()).toBe('‡a120页‡c图‡d21cm')
    await a.page.keyboard.press('Alt+s')
    await opened(a, 'submitted').waitFor()
    await a.allSent()
  })

  it('再审发布：两处改的都在书目里，一处也没有丢', async () => {
    await draftRow(b, 'submitted').click()
    await opened(b, 'submitted').waitFor()
    await b.page.keyboard.press('Alt+p')
    await opened(b, 'published').waitFor()
    await b.allSent()
    for (const desk of [a, b]) {
      await findTitle(desk)
      const marc = await desk.search.openMarc()
      for (const said of ['广州', '120页', 'I565.84']) {
        await expect.poll(() => marc.innerText(), soon).toContain(said)
      }
    }
    expect(desks.city.complaints).toEqual([])
  })

  it('历次改动一一列着：谁起草、谁发布、改了哪些字段；与任何一次对照', async () => {
    await a.page.getByTestId('edit-record').click()
    await a.page.getByTestId('draft-begin-of').click()
    await opened(a, 'drafted').waitFor()
    await a.page.keyboard.press('Alt+c')
    const versions = a.page.getByTestId('title-version')
    await expect.poll(() => versions.count(), soon).toBe(3)
    const last = await versions.first().innerText()
    for (const said of ['林悦', '宋清', '215']) expect(last).toContain(said)
    await versions.last().getByTestId('version-compare').click()
    await a.page.getByTestId('side-by-side').waitFor()
    const sides = await a.page.getByTestId('side-row').allInnerTexts()
    expect(sides.map((side) => side.slice(0, 3))).toEqual(['210', '215', '690'])
    await a.page.getByTestId('side-by-side').scrollIntoViewIfNeeded()
    await a.page.screenshot({ path: join(shots, 'record-versions.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.page.keyboard.press('Alt+c')
  })

  it('责任者从在用的标目里取，责任方式不变；连接从题名里取', async () => {
    await cell(a, '702').fill('‡a李玉民‡9‡4编译')
    await cell(a, '702').focus()
    await a.page.keyboard.press('Alt+l')
    await a.page.getByTestId('pick').first().waitFor()
    await a.page.screenshot({ path: join(shots, 'record-headings.png') })
    expect(await violations(a.page)).toEqual([])
    await a.page.keyboard.press('Enter')
    await expect.poll(() => cell(a, '702').inputValue(), soon).toBe('‡a李玉民‡9li yu min‡4编译')
    await cell(a, '702').focus()
    await a.page.keyboard.press('Enter')
    await a.page.locator(':focus').fill('454')
    await cell(a, '454').focus()
    await a.page.keyboard.press('Alt+l')
    await a.page.getByTestId('pick-text').fill(TITLE)
    await a.page.getByTestId('pick').filter({ hasText: TITLE }).click()
    await expect.poll(() => cell(a, '454').inputValue(), soon).toBe(`‡12001 ‡a${TITLE}`)
  })

  it('连接到的书目当面看到：没有的说没有，有的一键作回连', async () => {
    await cell(a, '454').fill('‡12001 ‡a无人写过的书')
    await a.page.getByTestId('link-nowhere').waitFor()
    await b.goTo('drafts')
    await b.page.keyboard.press('Alt+n')
    await opened(b, 'drafted').waitFor()
    await b.page.keyboard.press('Alt+t')
    await b.page.getByTestId('draft-text').fill(recordText(original))
    await b.page.keyboard.press('Alt+p')
    await expect.poll(() => opened(b, 'published').count(), soon).toBe(1)
    await b.allSent()
    await a.allSent()
    await cell(a, '454').fill(`‡12001 ‡a${ORIGINAL}`)
    await cell(a, '454').focus()
    await a.page.getByTestId('link-back').waitFor()
    expect(await a.page.getByTestId('linked-title').innerText()).toContain(ORIGINAL)
    await a.page.screenshot({ path: join(shots, 'record-link.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.page.keyboard.press('Alt+b')
    await a.page.getByTestId('open-link-draft').click()
    await expect
      .poll(() => cell(a, '453').inputValue(), soon)
      .toBe(`‡1001012021000001‡12001 ‡a${TITLE}`)
  })

  it('同一种书又录一遍：当面指出目录里已有，与那一条对照', async () => {
    await a.page.keyboard.press('Alt+n')
    await expect.poll(() => cell(a, '200').inputValue(), soon).toBe('‡a‡9‡f')
    await a.page.keyboard.press('Alt+t')
    await a.page.getByTestId('draft-text').fill(recordText(record))
    const near = a.page.getByTestId('near-title').filter({ hasText: TITLE })
    await near.waitFor()
    await a.page.screenshot({ path: join(shots, 'record-near.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.page.keyboard.press('Alt+j')
    await a.page.getByTestId('side-by-side').waitFor()
    await a.allSent()
    expect(desks.city.complaints).toEqual([])
  })

  it('英文、深色：同一份草稿', async () => {
    const page = await desks.deskA.open({ theme: 'dark' })
    await page.getByTestId('nav-search').waitFor()
    await new DeskPage(page).setLanguage('en')
    await page.keyboard.press('Alt+m')
    await page.getByTestId('draft-row').filter({ hasText: TITLE }).last().click()
    await page.getByTestId('near-title').first().waitFor()
    await page.screenshot({ path: join(shots, 'record-near-en.png') })
    expect(await violations(page)).toEqual([])
  })
})
