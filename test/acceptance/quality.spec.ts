/** The catalogue is surveyed, a rule leads to its records and to a batch; a draft with three faults comes back, and its writer sees what to learn. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../domain/marc/brief.ts'
import { titleOfBrief } from '../../domain/marc/title-of-brief.ts'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import { DraftId } from '../../domain/words/ids.ts'
import { aGoodRecord } from '../builders/good-record.ts'
import { violations, wrongWords } from './look.ts'
import { bridgeOf } from './pages/bridge.ts'
import { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'
import type { TwoDesks } from './two-desks.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const TITLE = '价格写乱的灯塔'
const COUNT = 12

let desks: TwoDesks
let a: DeskPage
let b: DeskPage

const dear = (number: number) =>
  aGoodRecord(
    `001  0120268800${String(number).padStart(2, '0')}`,
    '010  $a978-7-5001-6208-7$d32元',
    `2001 $a${TITLE}${number}$9jia ge xie luan de deng ta$f(法)圣埃克苏佩里著`,
  )

function recordOf(number: number): ImportedRecord {
  const content = dear(number)
  const title = titleOfBrief(recordToBrief(bibToMarcRecord(content), 'cnmarc'), () => {})
  if (title === null) throw new Error('the record has no title')
  return { title, bib: { profile: 'cnmarc', ...content }, items: [] }
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  desks = await startTwoDesks('lin', 'wu')
  a = desks.a
  b = desks.b
  const line = await bridgeOf(b.page)
  const records = Array.from({ length: COUNT }, (_, number) => recordOf(number))
  await line.perform('title.import', { source: '价格写乱的一批', records })
}, 240_000)
afterAll(() => desks.city.stop(), 60_000)

const at = (testId: string) => b.page.getByTestId(testId)
const rule = (name: string) => b.page.locator(`[data-testid=quality-rule][data-rule=${name}]`)
const later = { timeout: 60_000, interval: 200 }

async function survey(): Promise<void> {
  await b.goTo('quality')
  await at('quality-run').isEnabled()
  await b.page.keyboard.press('Alt+r')
  await at('quality-latest').waitFor()
  await expect.poll(() => at('quality-run').isEnabled(), later).toBe(true)
}

describe('编目质量', () => {
  it('三处有问题的草稿送审后被退回，意见逐字段写明', async () => {
    const lin = await bridgeOf(a.page)
    const content = dear(99)
    const begun = { of: null, titleId: null, profile: 'cnmarc', base: null, ...content } as const
    const saved = await lin.perform('draft.save', begun)
    const draft = { draft: DraftId.parse(saved.draftId), revision: saved.revision }
    await lin.perform('draft.submit', draft)
    await b.goTo('drafts')
    const row = b.page.locator('[data-testid=draft-row][data-state=submitted]')
    await row.filter({ hasText: TITLE }).waitFor()
    const wu = await bridgeOf(b.page)
    const remarks = ['010', '215', '330'].map((tag) => ({ tag, occurrence: 0, text: '请改正' }))
    await wu.perform('draft.return', { ...draft, remarks })
    await a.goTo('drafts')
    const back = a.page.locator('[data-testid=draft-row][data-state=returned]')
    await back.filter({ hasText: TITLE }).click()
    await expect.poll(() => a.page.getByTestId('draft-remark').count(), soon).toBe(3)
  })

  it('检查全部书目，按规则看数字和名单；编目员要留意的字段列在下面', async () => {
    await survey()
    await rule('M08').click()
    await expect.poll(() => at('quality-row').count(), soon).toBeGreaterThanOrEqual(COUNT)
    const person = at('quality-person').filter({ hasText: '林悦' })
    expect(await person.innerText()).toMatch(/010.*215.*330/su)
    await b.page.screenshot({ path: join(shots, 'quality-zh.png') })
    expect(await violations(b.page)).toEqual([])
    expect(await wrongWords(b.page, 'zh-CN')).toEqual([])
  })

  it('从规则到批改：照规则改好，再查一次，问题没有了', async () => {
    await at('quality-batch').click()
    await at('batch-look').waitFor()
    await b.page.keyboard.press('Alt+l')
    const state = () => at('batch-open').getAttribute('data-state')
    await expect.poll(state, later).toBe('ready')
    await at('batch-preview').getByText('CNY32.00').first().waitFor()
    await b.page.keyboard.press('Alt+e')
    await expect.poll(state, later).toBe('done')
    await survey()
    await expect.poll(() => rule('M08').count(), soon).toBe(0)
  })

  it('英文、深色', async () => {
    const page = await desks.deskB.open({ theme: 'dark' })
    await page.getByTestId('nav-search').waitFor()
    await new DeskPage(page).setLanguage('en')
    await page.keyboard.press('Alt+Shift+q')
    await page.getByTestId('quality-rules').waitFor()
    await page.screenshot({ path: join(shots, 'quality-en.png') })
    expect(await violations(page)).toEqual([])
  })
})
