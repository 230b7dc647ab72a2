/** One book catalogued twice: proposed, compared, merged at one desk, found by either number at the other, taken apart again, one of the two hidden from readers, and its translator's name kept as a heading. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../domain/marc/brief.ts'
import { titleOfBrief } from '../../domain/marc/title-of-brief.ts'
import { BranchId, TitleId } from '../../domain/words/ids.ts'
import { aGoodRecord } from '../builders/good-record.ts'
import { violations, wrongWords } from './look.ts'
import { bridgeOf } from './pages/bridge.ts'
import { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'
import type { TwoDesks } from './two-desks.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const TITLE = '沙丘上的灯塔'
const STAYS = '012026770001'
const GOES = '012026770002'
const barcodes = ['04400577000001', '04400577000002', '04400577000003']

let desks: TwoDesks
let a: DeskPage
let b: DeskPage

const recordOf = (number: string, subject: string, labels: readonly string[]): ImportedRecord => {
  const content = aGoodRecord(
    `001  ${number}`,
    '010  $a978-7-5001-7700-5$dCNY32.00',
    `2001 $a${TITLE}$9sha qiu shang de deng ta$f(法)圣埃克苏佩里著$g李玉民译`,
    `606 0$a${subject}`,
  )
  const title = titleOfBrief(recordToBrief(bibToMarcRecord(content), 'cnmarc'), () => {})
  if (title === null) throw new Error('the record has no title')
  return {
    title,
    bib: { profile: 'cnmarc', ...content },
    items: labels.map((barcode) => ({
      barcode,
      callNumber: null,
      shelf: null,
      itemType: 'book',
      priceFen: 3200,
    })),
  }
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  desks = await startTwoDesks('lin', 'wu')
  a = desks.a
  b = desks.b
  const records = [
    recordOf(STAYS, '中篇小说', barcodes.slice(0, 2)),
    recordOf(GOES, '童话', barcodes.slice(2)),
  ]
  const line = await bridgeOf(a.page)
  await line.perform('title.import', { source: '两家送来的数据', records })
}, 240_000)
afterAll(() => desks.city.stop(), 60_000)

const group = () => b.page.getByTestId('duplicate-group').filter({ hasText: TITLE })
const verdict = () => b.page.getByTestId('duplicates-verdict')

async function found(desk: DeskPage, text: string): Promise<number> {
  await desk.goTo('search')
  await desk.search.type(text)
  await desk.search.titles().filter({ hasText: TITLE }).first().waitFor()
  return desk.search.titles().filter({ hasText: TITLE }).count()
}

describe('书目查重', () => {
  it('审校员打开查重，一种书的两条在一组，逐字段对照', async () => {
    await found(b, TITLE)
    await b.goTo('duplicates')
    await group().waitFor()
    await group().click()
    await b.page.getByTestId('compare-table').waitFor()
    const keeps = b.page.locator('[data-testid=duplicate-member][data-role=keep]')
    expect(await keeps.innerText()).toContain('2 册')
    const goes = b.page.locator('[data-testid=duplicate-member][data-role=goes]')
    const line = await bridgeOf(b.page)
    await line.perform('hold.place', {
      title: TitleId.parse(await goes.getAttribute('data-title')),
      item: null,
      card: '0440050000101',
      pickupBranch: BranchId.parse('044006-01'),
      neededByOn: null,
    })
    await b.page.screenshot({ path: join(shots, 'duplicates-zh.png') })
    expect(await violations(b.page)).toEqual([])
    expect(await wrongWords(b.page, 'zh-CN')).toEqual([])
  })

  it('主题两边都要，按键合并，单册随之归入', async () => {
    const subject = b.page.locator('[data-testid=compare-row][data-tag="606"]')
    await subject.getByText('两边都要').click()
    await b.page.keyboard.press('Alt+e')
    await expect.poll(() => verdict().getAttribute('data-outcome'), soon).toBe('done')
    expect(await verdict().innerText()).toContain('移来单册 1，预约 1')
    await expect.poll(() => group().count(), soon).toBe(0)
    await b.page.screenshot({ path: join(shots, 'duplicates-merged.png') })
    expect(await found(b, TITLE)).toBe(1)
  })

  it('另一台收到合并：两个控制号都查到留下的一条，三册都在', async () => {
    await expect.poll(() => found(a, TITLE), soon).toBe(1)
    for (const number of [STAYS, GOES]) expect(await found(a, number)).toBe(1)
    await a.search.openTitle(TITLE)
    await expect.poll(() => a.search.items().count(), soon).toBe(3)
    const marc = await a.search.openMarc()
    expect(await marc.innerText()).toContain('童话')
  })

  it('撤销合并，两条各归原位；认定不重复后不再提示', async () => {
    await b.goTo('today')
    await b.page.locator('[data-testid=today-row][data-kind="title.merge"]').first().click()
    await b.page.keyboard.press('u')
    await expect.poll(() => found(b, TITLE), soon).toBe(2)
    await expect.poll(() => found(a, TITLE), soon).toBe(2)
    await b.goTo('duplicates')
    await group().click()
    await b.page.keyboard.press('Alt+a')
    await expect.poll(() => group().count(), soon).toBe(0)
  })

  it('编目员断网把一条设为不对读者显示，写明理由，读者所见随之变', async () => {
    await a.goTo('search')
    await a.search.type(GOES)
    await a.search.openTitle(TITLE)
    await a.page.keyboard.press('Alt+v')
    const preview = a.page.getByTestId('reader-preview')
    expect(await preview.getByTestId('reader-title').innerText()).toBe(
      `${TITLE} / (法)圣埃克苏佩里著 ; 李玉民译`,
    )
    expect(await preview.innerText()).toContain('北京 : 中译出版社, 2022')
    expect(await preview.getByTestId('reader-holdings').innerText()).toContain('深圳图书馆')
    await a.page.screenshot({ path: join(shots, 'reader-preview-zh.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.pullThePlug()
    await a.page.keyboard.press('Alt+y')
    await a.page.locator('[data-testid=suppress-reason]:focus').waitFor()
    await a.page.keyboard.type('等待审读')
    await a.page.keyboard.press('Enter')
    await a.page.getByTestId('title-hidden').waitFor()
    expect(await a.page.getByTestId('title-hidden').innerText()).toContain('等待审读')
    await a.page.getByTestId('reader-sees-nothing').waitFor()
    await a.page.getByTestId('row-hidden').waitFor()
    await a.page.screenshot({ path: join(shots, 'title-hidden-zh.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.putThePlugBack()
    await a.allSent()
  })

  it('另一台看到标记，列出全部不对读者显示的，恢复显示', async () => {
    await b.goTo('search')
    await b.search.type('')
    await b.page.getByTestId('hidden-titles').waitFor()
    await b.page.keyboard.press('Alt+y')
    await b.search.titles().filter({ hasText: TITLE }).first().waitFor()
    expect(await b.search.titles().count()).toBe(1)
    await b.search.openTitle(TITLE)
    await b.page.getByTestId('title-hidden').waitFor()
    await b.page.keyboard.press('Alt+y')
    await expect.poll(() => b.page.getByTestId('title-hidden').count(), soon).toBe(0)
    await expect.poll(() => a.page.getByTestId('title-hidden').count(), soon).toBe(0)
  })

  it('编目员断网把在用的标目立为规范，写上别名', async () => {
    await a.pullThePlug()
    await a.goTo('authorities')
    await a.page.getByTestId('authority-row').filter({ hasText: '周树人' }).waitFor()
    await a.page.locator('[data-testid=authority-find]:focus').waitFor()
    await a.page.keyboard.type('李玉民')
    await a.page.getByTestId('authorities-none').waitFor()
    await a.page.getByTestId('heading-make').first().click()
    await a.page.getByTestId('authority-variants').fill('李玉明\n玉民')
    await a.page.keyboard.press('Control+s')
    await a.page.getByTestId('authority-row').waitFor()
    expect(await a.page.getByTestId('authority-row').innerText()).toContain('李玉明')
    await a.page.screenshot({ path: join(shots, 'authorities-zh.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.putThePlugBack()
    await a.allSent()
  })

  it('另一台检索别名，见规范标目，列出它的书目', async () => {
    await b.goTo('search')
    await expect
      .poll(async () => {
        await b.search.type('')
        await b.search.type('李玉明')
        return b.page.getByTestId('see-line').count()
      }, soon)
      .toBe(1)
    await b.search.titles().filter({ hasText: TITLE }).first().waitFor()
    expect(await b.page.getByTestId('see-line').innerText()).toContain('李玉民')
    await b.page.screenshot({ path: join(shots, 'see-line-zh.png') })
    expect(await violations(b.page)).toEqual([])
  })

  it('记录里用了别名，编辑时提示，一按改用规范', async () => {
    await a.goTo('search')
    await a.search.type(GOES)
    await a.search.openTitle(TITLE)
    await a.page.getByTestId('edit-record').click()
    await a.page.getByTestId('draft-begin-of').click()
    const field = a.page.locator('[data-testid=grid-row][data-tag="702"] [data-part=text]').first()
    await field.fill('‡a李玉明‡4译')
    await a.page.getByTestId('variant-used').waitFor()
    await a.page.screenshot({ path: join(shots, 'variant-used-zh.png') })
    expect(await violations(a.page)).toEqual([])
    await a.page.getByTestId('variant-replace').click()
    await expect.poll(() => field.inputValue(), soon).toContain('李玉民')
    await expect.poll(() => a.page.getByTestId('variant-used').count(), soon).toBe(0)
    await a.page.keyboard.press('Alt+v')
    await a.page.getByTestId('draft-preview').waitFor()
    expect(await a.page.getByTestId('draft-preview').innerText()).toContain('李玉民 译')
    expect(await violations(a.page)).toEqual([])
    await a.page.screenshot({ path: join(shots, 'draft-preview-zh.png') })
  })

  it('英文、深色', async () => {
    const page = await desks.deskB.open({ theme: 'dark' })
    await page.getByTestId('nav-search').waitFor()
    const dark = new DeskPage(page)
    await dark.setLanguage('en')
    await dark.goTo('search')
    await dark.search.type(GOES)
    await dark.search.openTitle(TITLE)
    await page.keyboard.press('Alt+v')
    await page.getByTestId('reader-holdings').waitFor()
    await page.screenshot({ path: join(shots, 'reader-preview-en.png') })
    expect(await violations(page)).toEqual([])
    await dark.goTo('authorities')
    await page.getByTestId('authority-row').filter({ hasText: '李玉明' }).click()
    await page.getByTestId('authority-form').waitFor()
    await page.screenshot({ path: join(shots, 'authorities-en.png') })
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Alt+Shift+d')
    await page.getByTestId('duplicate-groups').waitFor()
    await page.screenshot({ path: join(shots, 'duplicates-en.png') })
    expect(await violations(page)).toEqual([])
  })
})
