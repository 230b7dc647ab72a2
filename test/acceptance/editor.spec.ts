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
    await expect.poll(() => valueOf('200'), soon).toBe(`‡a${TITLE}`)
    expect(await valueOf('105')).toBe('‡ay   z   000ay')
  })
})
