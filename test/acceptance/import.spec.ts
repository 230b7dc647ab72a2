/** Real catalogue records: in through the screen and the command line, out as books on loan. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { READING_FAULTS_ZH } from '../../domain/marc/reading-faults.ts'
import { zhCN } from '../../renderer/language/zh-CN.ts'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { violations } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const root = resolve(import.meta.dirname, '..', '..')
const shared = resolve(root, '..', 'shared', 'data')
const isAbsent = !existsSync(shared)
const because = isAbsent ? ' (skipped: ../shared/data is not there)' : ''
const utf8 = join(shared, 'cnmarc', 'bnu10.cnmarc.utf8.mrc')
const gb18030 = join(shared, 'cnmarc', 'bnu10.cnmarc.gb18030.mrc')

describe.skipIf(isAbsent)(`导入书目${because}`, () => {
  const imported = { text: '中国发展报告', pinyin: 'zhongguofazhanbaogao', isbn: '7-5037-1744-0' }
  const copy = '1683011'
  let city: RunningCity
  let desk: Awaited<ReturnType<RunningCity['startDesk']>>
  let a: DeskPage
  let b: DeskPage

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    city = await startCity()
    desk = await city.startDesk('A')
    a = new DeskPage(await desk.open())
    b = new DeskPage(await (await city.startDesk('B')).open())
    await a.signIn('lin')
    await b.signIn('zhao')
  }, 180_000)
  afterAll(() => city.stop(), 60_000)

  it('选了文件，先说它看来是什么；编码可以改，改了就重看', async () => {
    await a.goTo('import')
    const said = await a.importing.look(gb18030)
    expect(said).toContain('GB18030')
    expect(said).toContain('CNMARC')
    expect(said).toContain(imported.text)
    await a.page.screenshot({ path: join(shots, 'import-look-zh.png') })
    expect(await violations(a.page)).toEqual([])
    await a.importing.chooseEncoding(zhCN.importing.big5)
    await expect
      .poll(() => a.page.getByTestId('import-guess').innerText(), soon)
      .not.toContain(imported.text)
    await a.importing.chooseEncoding(zhCN.importing.auto)
    await a.page.getByText(imported.text).first().waitFor()
    await a.page.keyboard.press('Escape')
    await a.page.getByTestId('import-look').waitFor({ state: 'detached' })
    expect(await a.importing.reports().count()).toBe(0)
  })

  it('不是记录的文件，说出它是什么，不让导入', async () => {
    const table = join(mkdtempSync(join(tmpdir(), 'citydesk-table-')), '清单.csv')
    writeFileSync(table, '题名,作者\n活着,余华\n')
    expect(await a.importing.look(table)).toContain(READING_FAULTS_ZH['file-table'])
    expect(await a.importing.begin().count()).toBe(0)
    await a.page.getByTestId('import-back').click()
  })

  it('英文、深色', async () => {
    const page = await desk.open({ theme: 'dark' })
    const other = new DeskPage(page)
    await page.getByTestId('nav-search').waitFor()
    await other.setLanguage('en')
    await other.goTo('import')
    expect(await other.importing.look(utf8)).toContain('UTF-8')
    await page.screenshot({ path: join(shots, 'import-look-en.png') })
    expect(await violations(page)).toEqual([])
    await other.setLanguage('zh-CN')
    await page.close()
  })

  it('编目员导入 UTF-8 的十条', async () => {
    await a.goTo('import')
    const counts = await a.importing.importFile(utf8)
    expect(counts).toMatchObject({ read: 10, imported: 10, updated: 0, refused: 0 })
    expect(counts.items).toBeGreaterThan(0)
  })

  it('再导入 GB18030 的同十条：按控制号更新，不重复', async () => {
    const counts = await a.importing.importFile(gb18030)
    expect(counts).toMatchObject({ read: 10, imported: 0, updated: 10, items: 0, refused: 0 })
  })

  const found = (desk: DeskPage) => desk.search.titles().filter({ hasText: `'94${imported.text}` })

  it.each(Object.entries(imported))('按%s检索得到：%s', async (_by, query) => {
    await a.goTo('search')
    await a.search.type(query)
    await found(a).waitFor()
    expect(await found(a).count()).toBe(1)
  })

  it('机读目录格式在题名卡上，单册在下面', async () => {
    await found(a).click()
    await a.page.getByTestId('title-card').waitFor()
    await a.search.items().filter({ hasText: copy }).waitFor()
    const marc = await a.search.openMarc()
    expect(await marc.innerText()).toContain('国家统计局')
  })

  it('南山也检索得到，书也借得出', async () => {
    await a.allSent()
    await b.goTo('search')
    await b.search.type(imported.text)
    await found(b).waitFor()
    await b.goTo('lend')
    await b.lend.scanReader('0440050000101')
    expect(await b.lend.scanItem(copy)).toBe('done')
    await b.allSent()
    await expect
      .poll(() => a.search.items().filter({ hasText: copy }).innerText(), soon)
      .toContain(zhCN.item.state['on-loan'])
    expect(city.complaints).toEqual([])
  })
})

interface Report {
  readonly read: number
  readonly imported: number
  readonly updated: number
  readonly recovered: number
  readonly items: number
  readonly refused: readonly unknown[]
}

describe.skipIf(isAbsent)(`命令行导入全部真实文件${because}`, () => {
  const home = mkdtempSync(join(tmpdir(), 'citydesk-import-'))
  const rows: Record<string, Record<string, number>> = {}

  afterAll(() => {
    console.table(rows)
    rmSync(home, { recursive: true, force: true })
    rmSync(`${home}-keys`, { recursive: true, force: true })
  })

  const files = isAbsent
    ? []
    : [
        ...readdirSync(join(shared, 'cnmarc'))
          .filter((name) => name.endsWith('.mrc'))
          .map((name) => join(shared, 'cnmarc', name)),
        ...readdirSync(join(shared, 'marc21')).map((name) => join(shared, 'marc21', name)),
      ]

  async function importFile(path: string): Promise<{ status: number | null; report: Report }> {
    const args = [join('cli', 'citydesk.mjs'), 'import', '--json', '--home', home, path]
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, CITYDESK_KEYS: `${home}-keys` },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const ended = new Promise<number | null>((done) => child.once('exit', done))
    const [report, status] = await Promise.all([json(child.stdout), ended])
    return { status, report: report as Report }
  }

  it.each(files.map((path) => [basename(path), path]))('%s', async (name, path) => {
    const { status, report } = await importFile(path)
    const { read, imported, updated, recovered, items, refused } = report
    rows[name] = { read, imported, updated, recovered, items, refused: refused.length }
    expect(read).toBeGreaterThan(0)
    expect(imported + updated + refused.length).toBe(read)
    expect(status).toBe(refused.length > 0 ? 1 : 0)
  })
})
