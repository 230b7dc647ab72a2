/** A publisher written wrongly in 5,000 records: seen before and after, mended, and taken back in one act, while the desk goes on. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../domain/marc/brief.ts'
import { titleOfBrief } from '../../domain/marc/title-of-brief.ts'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import { aGoodRecord } from '../builders/good-record.ts'
import { violations, wrongWords } from './look.ts'
import { startOneDesk } from './one-desk.ts'
import type { OneDesk } from './one-desk.ts'
import { bridgeOf } from './pages/bridge.ts'
import { DeskPage } from './pages/desk-page.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const COUNT = 5_000
const A_FILE = 100
/** Two hundred operations, each with its own commit. */
const all = { timeout: 240_000, interval: 200 }

let one: OneDesk
let desk: DeskPage

function recordOf(number: number): ImportedRecord {
  const content = aGoodRecord(
    `001  01202666${String(number).padStart(4, '0')}`,
    `2001 $a灯塔纪事${number}$9deng ta ji shi$f(法)圣埃克苏佩里著`,
    '210  $a北京$c中译出版杜$d2022',
  )
  const title = titleOfBrief(recordToBrief(bibToMarcRecord(content), 'cnmarc'), () => {})
  if (title === null) throw new Error('the record has no title')
  return { title: { ...title, isbns: [] }, bib: { profile: 'cnmarc', ...content }, items: [] }
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  one = await startOneDesk('wu')
  desk = one.desk
  const line = await bridgeOf(desk.page)
  for (let from = 0; from < COUNT; from += A_FILE) {
    const records = Array.from({ length: A_FILE }, (_, at) => recordOf(from + at))
    await line.perform('title.import', { source: '出版社写错的一批', records })
  }
}, 400_000)
afterAll(() => one.city.stop(), 60_000)

const at = (testId: string) => desk.page.getByTestId(testId)
const state = () => at('batch-open').getAttribute('data-state')
/** Of the first titles that are found. */
async function publisherFound(): Promise<string> {
  await desk.goTo('search')
  await desk.search.type('灯塔纪事17')
  const row = desk.search.titles().filter({ hasText: '灯塔纪事17' }).first()
  await row.waitFor()
  return row.innerText()
}

describe('批量修改', () => {
  it('写清怎样改，五千条先看改前改后', async () => {
    await desk.goTo('batch-fixes')
    await at('batch-text').fill('灯塔纪事')
    await at('batch-tag').fill('210')
    await at('batch-code').fill('c')
    await at('batch-find').fill('出版杜')
    await at('batch-value').fill('出版社')
    await desk.page.keyboard.press('Alt+l')
    await expect.poll(state, all).toBe('ready')
    expect(await at('batch-counts').innerText()).toContain(`要改 ${COUNT} 条`)
    await at('batch-preview').waitFor()
    const row = at('batch-row').first()
    expect(await row.innerText()).toContain('出版杜')
    expect(await row.innerText()).toContain('出版社')
    await desk.page.screenshot({ path: join(shots, 'batch-fixes-zh.png') })
    expect(await violations(desk.page)).toEqual([])
    expect(await wrongWords(desk.page, 'zh-CN')).toEqual([])
  })

  it('剔除一条，改其余四千九百九十九条；改的时候照样检索', async () => {
    await at('batch-row').first().getByRole('checkbox').uncheck()
    await desk.page.keyboard.press('Alt+e')
    await expect.poll(state, all).toBe('running')
    expect(await publisherFound()).toContain('灯塔纪事17')
    await desk.goTo('batch-fixes')
    await expect.poll(state, all).toBe('done')
    expect(await at('batch-corrected').innerText()).toContain(String(COUNT - 1))
    await desk.page.screenshot({ path: join(shots, 'batch-fixes-done.png') })
    expect(await publisherFound()).toContain('出版社')
  }, 300_000)

  it('整批撤回，一条不差', async () => {
    await desk.goTo('batch-fixes')
    await desk.page.keyboard.press('Alt+z')
    await expect.poll(state, all).toBe('undone')
    expect(await at('batch-restored').innerText()).toContain(String(COUNT - 1))
    expect(await at('batch-kept').count()).toBe(0)
    expect(await publisherFound()).toContain('出版杜')
  }, 300_000)

  it('英文、深色', async () => {
    const page = await one.running.open({ theme: 'dark' })
    await page.getByTestId('nav-search').waitFor()
    await new DeskPage(page).setLanguage('en')
    await page.keyboard.press('Alt+Shift+b')
    await page.getByTestId('batch-open').waitFor()
    await page.screenshot({ path: join(shots, 'batch-fixes-en.png') })
    expect(await violations(page)).toEqual([])
  })
})
