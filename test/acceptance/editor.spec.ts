/** A cataloguer with the keyboard alone writes a record: fields, codes, faults and their fixes, nothing lost. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCity } from './city.ts'
import type { RunningCity, RunningDesk } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const TITLE = '灯塔看守人'

let city: RunningCity
let running: RunningDesk
let desk: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  city = await startCity()
  running = await city.startDesk('A')
  desk = new DeskPage(await running.open())
  await desk.signIn('lin')
  await desk.connection('online')
}, 180_000)
afterAll(() => city.stop(), 60_000)

const row = (tag: string) => desk.page.locator(`[data-testid=grid-row][data-tag="${tag}"]`)
const cell = (tag: string, part: 'tag' | 'indicators' | 'text' = 'text') =>
  row(tag).first().locator(`[data-part=${part}]`)
const valueOf = (tag: string) => cell(tag).inputValue()
const fault = (rule: string) => desk.page.locator(`[data-testid=draft-fault][data-rule=${rule}]`)
const saved = () => desk.page.locator('[data-testid=draft-saved][data-state=saved]')
const press = (key: string) => desk.page.keyboard.press(key)

describe('编目员写一条记录', () => {
  it('新建：字段一行一个，光标到哪里，旁边就说哪里', async () => {
    await desk.goTo('drafts')
    await press('Alt+n')
    await cell('200').waitFor()
    await cell('105').focus()
    await desk.page.getByTestId('coded-builder').waitFor()
    expect(await desk.page.getByTestId('field-aid').innerText()).toContain('文学体裁')
  })

  it('定长字段按表填写，写进字段里的是整串代码', async () => {
    await desk.page.locator('[data-testid=coded-builder] [data-from="11"]').selectOption('a')
    await expect.poll(() => valueOf('105'), soon).toBe('‡ay   z   000ay')
  })

  it('回车加一行，写完字段号就有了起头；代码从旁边的表里按键取', async () => {
    await cell('702').or(cell('701')).first().focus()
    await press('Enter')
    await expect.poll(() => row('').count(), soon).toBe(1)
    await desk.page.locator(':focus').fill('702')
    await expect.poll(() => valueOf('702'), soon).toBe('‡a‡9‡4译')
    await cell('702').focus()
    await press('End')
    await press('F2')
    await expect
      .poll(() => desk.page.locator('[data-testid=code-choices]:focus').count(), soon)
      .toBe(1)
    await press('ArrowDown')
    await press('Enter')
    await expect.poll(() => valueOf('702'), soon).toBe('‡a‡9‡4编译')
  })

  it('撤销一步步退回，重做一步步回来', async () => {
    await press('Control+z')
    await expect.poll(() => valueOf('702'), soon).toBe('‡a‡9‡4译')
    await press('Control+y')
    await expect.poll(() => valueOf('702'), soon).toBe('‡a‡9‡4编译')
    await press('Control+Delete')
    await expect.poll(() => row('702').count(), soon).toBe(0)
    await press('Control+z')
    await expect.poll(() => row('702').count(), soon).toBe(1)
    await cell('702').focus()
    await press('Control+Delete')
    await expect.poll(() => row('702').count(), soon).toBe(0)
  })

  it('题名里有标识符：当面指出，一个键改正', async () => {
    await cell('200').fill(`‡a《${TITLE}》`)
    await expect.poll(() => fault('M09').count(), soon).toBe(1)
    await cell('200').focus()
    await press('Alt+u')
    await expect.poll(() => valueOf('200'), soon).toBe(`‡a${TITLE}`)
    await expect.poll(() => fault('M09').count(), soon).toBe(0)
  })

  it('表单与字段是同一条记录：写责任者，检索点一并写好', async () => {
    await press('Alt+k')
    const form = (part: string) => desk.page.locator(`[data-form=${part}]`)
    await form('author').fill('单田芳编著')
    await form('publisher').fill('海天出版社')
    await form('place').fill('深圳')
    await form('pages').fill('212页')
    await form('size').fill('21cm')
    await form('isbn').fill('978-7-5001-6208-7')
    await form('price').fill('￥32')
    await form('classNumber').fill('K248.2')
    await desk.page.screenshot({ path: join(shots, 'editor-form.png') })
    expect(await violations(desk.page)).toEqual([])
    expect(await wrongWords(desk.page, 'zh-CN')).toEqual([])
    await press('Alt+k')
    await expect.poll(() => valueOf('701'), soon).toBe('‡a单田芳‡9‡4编著')
    expect(await valueOf('210')).toBe('‡a深圳‡c海天出版社‡d2026')
  })

  it('拼音一个键填好，姓氏按姓氏读；多音字列出来核对', async () => {
    await press('Alt+y')
    await expect.poll(() => valueOf('701'), soon).toBe('‡a单田芳‡9shan tian fang‡4编著')
    await expect.poll(() => valueOf('200'), soon).toContain('‡9deng ta kan shou ren')
    const review = desk.page.getByTestId('pinyin-review')
    const surname = review.getByRole('group', { name: '单田芳' }).locator('select').first()
    await surname.selectOption('dan')
    await expect.poll(() => valueOf('701'), soon).toContain('‡9dan tian fang')
    await desk.page.screenshot({ path: join(shots, 'editor-pinyin.png') })
    await surname.selectOption('shan')
    await desk.page.getByTestId('pinyin-done').click()
    await expect.poll(() => valueOf('701'), soon).toContain('‡9shan tian fang')
  })

  it('改正一处处做完，错误一条不剩', async () => {
    const faults = desk.page.getByTestId('draft-fault')
    await cell('010').focus()
    await press('Alt+u')
    await expect.poll(() => valueOf('010'), soon).toBe('‡a978-7-5001-6208-7‡dCNY32.00')
    await expect.poll(() => faults.count(), soon).toBe(0)
  })

  it('不按保存也存下了；页面被强行关掉，再开还在', async () => {
    await saved().waitFor()
    await desk.page.screenshot({ path: join(shots, 'editor-zh.png') })
    expect(await violations(desk.page)).toEqual([])
    expect(await wrongWords(desk.page, 'zh-CN')).toEqual([])
    expect(await outOfReach(desk.page)).toEqual([])
    await desk.page.close()
    desk = new DeskPage(await running.open())
    await desk.page.getByTestId('nav-drafts').waitFor()
    await desk.goTo('drafts')
    await desk.page.getByTestId('draft-row').filter({ hasText: TITLE }).click()
    await expect.poll(() => valueOf('200'), soon).toContain(`‡a${TITLE}`)
    expect(await valueOf('105')).toBe('‡ay   z   000ay')
  })

  it('同一份草稿在另一个窗口又存过：当面告诉，对照，谁的也不丢', async () => {
    const other = new DeskPage(await running.open())
    await other.page.getByTestId('nav-drafts').waitFor()
    await other.goTo('drafts')
    await other.page.getByTestId('draft-row').filter({ hasText: TITLE }).click()
    const cellOf = (page: DeskPage, tag: string) =>
      page.page.locator(`[data-testid=grid-row][data-tag="${tag}"] [data-part=text]`).first()
    await cellOf(other, '215').waitFor()
    // Typed in both before either is saved.
    await Promise.all([
      cellOf(other, '215').fill('‡a300页‡d21cm'),
      cellOf(desk, '690').fill('‡aK248.3‡v5'),
    ])
    await expect
      .poll(async () => {
        const here = await desk.page.getByTestId('saved-elsewhere').count()
        return here + (await other.page.getByTestId('saved-elsewhere').count())
      }, soon)
      .toBe(1)
    const isHere = (await desk.page.getByTestId('saved-elsewhere').count()) === 1
    const late = isHere ? desk : other
    await late.page.getByTestId('elsewhere-compare').click()
    await expect.poll(() => late.page.getByTestId('draft-change').count(), soon).toBe(2)
    await late.page.screenshot({ path: join(shots, 'editor-elsewhere.png') })
    await late.page.getByTestId('elsewhere-merge').click()
    for (const page of [desk, other]) {
      await expect.poll(() => cellOf(page, '215').inputValue(), soon).toBe('‡a300页‡d21cm')
      await expect.poll(() => cellOf(page, '690').inputValue(), soon).toBe('‡aK248.3‡v5')
    }
    expect(city.complaints).toEqual([])
  })

  it('英文、深色：看得清，够得着', async () => {
    const dark = desk
    await dark.setLanguage('en')
    await dark.setAppearance(1)
    await dark.page.locator('[data-testid=grid-row][data-tag="105"] [data-part=text]').focus()
    await dark.page.getByTestId('coded-builder').waitFor()
    await dark.page.screenshot({ path: join(shots, 'editor-en-dark.png') })
    expect(await violations(dark.page)).toEqual([])
    const typed = `${TITLE}单田芳编著深圳海天出版社译插图看守人页`
    expect(await wrongWords(dark.page, 'en', typed)).toEqual([])
  })
})
