/** Records out of the catalogue: a list of numbers with one nobody has, offline, crossed over to MARC21, saved and read again. */
import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importFile } from '../../main/engine/import/import-file.ts'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../domain/marc/brief.ts'
import { titleOfBrief } from '../../domain/marc/title-of-brief.ts'
import { aGoodRecord } from '../builders/good-record.ts'
import { violations, wrongWords } from './look.ts'
import { bridgeOf } from './pages/bridge.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { startTwoDesks } from './two-desks.ts'
import type { TwoDesks } from './two-desks.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let desks: TwoDesks
let a: DeskPage

const recordOf = (number: string, title: string): ImportedRecord => {
  const content = aGoodRecord(
    `001  ${number}`,
    `2001 $a${title}$9hai bian de deng ta$f余一著`,
    '305  $a据1957年版重印',
  )
  const brief = titleOfBrief(recordToBrief(bibToMarcRecord(content), 'cnmarc'), () => {})
  if (brief === null) throw new Error('the record has no title')
  return { title: brief, bib: { profile: 'cnmarc', ...content }, items: [] }
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  desks = await startTwoDesks('lin', 'wu')
  a = desks.a
  const records = [recordOf('012026880001', '海边的灯塔'), recordOf('012026880002', '海边的𠮷野')]
  const line = await bridgeOf(a.page)
  await line.perform('title.import', { source: '导出演练', records })
}, 240_000)
afterAll(() => desks.city.stop(), 60_000)

const report = () => a.page.getByTestId('export-report').first()
const choose = async (field: string, label: string): Promise<void> => {
  await a.page.getByTestId(`export-${field}`).click()
  await a.page.locator('.ant-select-item-option', { hasText: label }).last().click()
}
const count = (name: string) => report().getByTestId(`count-${name}`).locator('dd').innerText()

describe('导出书目', () => {
  it('编目员用按键打开导出，一次也没导出过', async () => {
    await a.goTo('export')
    await a.page.getByTestId('empty').waitFor()
    expect(await violations(a.page)).toEqual([])
    await a.page.screenshot({ path: join(shots, 'export-empty-zh.png') })
  })

  it('断网时按号单导出，转成 MARC21，放不下的和查不到的都列出', async () => {
    await a.pullThePlug()
    await choose('of', '一张号单')
    await a.page.getByTestId('export-numbers').fill('012026880001\n012026880002\n012026889999')
    await choose('profile', '都转成 MARC21')
    await a.page.keyboard.press('Alt+e')
    await report().and(a.page.locator('[data-state=done]')).waitFor({ timeout: 60_000 })
    expect(await count('exported')).toBe('2')
    expect(await count('unknown')).toBe('1')
    expect(Number(await count('losses'))).toBeGreaterThan(0)
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN', '海边的灯塔')).toEqual([])
    await a.page.screenshot({ path: join(shots, 'export-zh.png') })
  })

  it('保存的文件再读一遍，是同样的书', async () => {
    const waiting = a.page.waitForEvent('download')
    await a.page.keyboard.press('Alt+s')
    const path = join(shots, 'export-saved.mrc')
    await (await waiting).saveAs(path)
    const titles: string[] = []
    await importFile({
      stream: (async function* () {
        yield readFileSync(path)
      })(),
      format: 'auto',
      profile: 'auto',
      encoding: 'auto',
      isDryRun: false,
      submit: async (batch) => {
        titles.push(...batch.map(({ title, bib }) => `${bib.profile} ${title.title}`))
        return { imported: batch.length, updated: 0, items: 0, takenBarcodes: [] }
      },
    })
    expect(titles).toEqual(['marc21 海边的灯塔', 'marc21 海边的𠮷野'])
  })

  it('编码里没有的字，那一条不写，点名说出', async () => {
    await choose('profile', '各条原来的格式')
    await choose('encoding', 'GBK')
    await a.page.getByTestId('export-start').click()
    await a.page.getByTestId('export-report').nth(1).waitFor({ timeout: 60_000 })
    await report().and(a.page.locator('[data-state=done]')).waitFor({ timeout: 60_000 })
    expect(await count('refused')).toBe('1')
    expect(await report().innerText()).toContain('𠮷')
  })

  it('英文、深色', async () => {
    await a.setLanguage('en')
    await a.setAppearance(1)
    await a.page.getByText('Export records').first().waitFor()
    await a.page.screenshot({ path: join(shots, 'export-en.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'en')).toEqual([])
  })
})
