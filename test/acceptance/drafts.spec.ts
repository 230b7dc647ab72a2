/** A record on its way to the union catalogue: drafted, returned with three remarks, corrected, published, found. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordText } from '../../renderer/features/drafts/record-text.ts'
import { aGoodRecord, withoutTag } from '../builders/good-record.ts'
import { violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'
import type { TwoDesks } from './two-desks.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const TITLE = '沙丘上的灯塔'
const record = aGoodRecord(
  `2001 $a${TITLE}$9sha qiu shang de deng ta$f(法)圣埃克苏佩里著$g李玉民译`,
)
const corrected = {
  ...record,
  fields: record.fields.map((field) =>
    field.tag === '215' ? { ...field, subfields: [{ code: 'a', value: '120页' }] } : field,
  ),
}

let desks: TwoDesks
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  desks = await startTwoDesks('lin', 'wu')
  a = desks.a
  b = desks.b
}, 180_000)
afterAll(() => desks.city.stop(), 60_000)

const draftsOf = ({ page }: DeskPage) => ({
  text: page.getByTestId('draft-text'),
  opened: (state: string) => page.locator(`[data-testid=draft-open][data-state=${state}]`),
  row: (state: string) =>
    page.locator(`[data-testid=draft-row][data-state=${state}]`).filter({ hasText: TITLE }),
  faults: page.locator('[data-testid=draft-fault][data-severity=error]'),
  verdict: page.getByTestId('draft-verdict'),
})

describe('编目室', () => {
  it('起草：有错的记录当面指出，送审被拦下，改正后送出', async () => {
    const drafts = draftsOf(a)
    await a.goTo('drafts')
    await a.page.keyboard.press('Alt+n')
    await drafts.opened('drafted').waitFor()
    await a.page.keyboard.press('Alt+t')
    await drafts.text.fill(recordText(withoutTag(record, '100')))
    await expect.poll(() => drafts.faults.count(), soon).toBeGreaterThan(0)
    await a.page.keyboard.press('Alt+s')
    await expect.poll(() => drafts.verdict.getAttribute('data-outcome'), soon).toBe('stop')
    await drafts.text.fill(recordText(record))
    await expect.poll(() => drafts.faults.count(), soon).toBe(0)
    await a.page.screenshot({ path: join(shots, 'drafts-zh.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    await a.page.keyboard.press('Alt+s')
    await drafts.opened('submitted').waitFor()
  })

  it('审校员在另一台退回，逐字段写了三条意见', async () => {
    const drafts = draftsOf(b)
    await b.goTo('drafts')
    await drafts.row('submitted').click()
    await drafts.opened('submitted').waitFor()
    await b.page
      .getByTestId('draft-remark-text')
      .fill('200 责任者写全\n210 核对出版地\n215 页数不对')
    await b.page.screenshot({ path: join(shots, 'drafts-review.png') })
    await b.page.keyboard.press('Alt+r')
    await expect.poll(() => drafts.verdict.getAttribute('data-outcome'), soon).toBe('done')
  })

  it('编目员看到三条意见，改正后再送；审校员发布，检索查得到', async () => {
    const drafts = draftsOf(a)
    await drafts.opened('returned').waitFor()
    await expect.poll(() => a.page.getByTestId('draft-remark').count(), soon).toBe(3)
    await drafts.text.fill(recordText(corrected))
    await a.page.keyboard.press('Alt+s')
    await drafts.opened('submitted').waitFor()
    const review = draftsOf(b)
    await review.row('submitted').click()
    await review.opened('submitted').waitFor()
    await b.page.keyboard.press('Alt+p')
    await drafts.opened('published').waitFor()
    for (const desk of [a, b]) {
      await desk.goTo('search')
      await desk.page.keyboard.type(TITLE)
      await desk.page.getByTestId('title-row').filter({ hasText: TITLE }).waitFor()
    }
  })
})
