/** A new book from the scan of its back to the label on its spine, with a record that another library made. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { BranchId } from '../../domain/words/ids.ts'
import { aGoodRecord } from '../builders/good-record.ts'
import { startSruServer } from '../builders/sru-server.ts'
import type { SruServer } from '../builders/sru-server.ts'
import { violations, wrongWords } from './look.ts'
import { bridgeOf } from './pages/bridge.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { watchPrinter } from './printer.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'
import type { TwoDesks } from './two-desks.ts'

const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')
const ISBN = '9787544291170'
const LABEL = '04400539000001'
const TITLE = '守灯的人'
const field = `2001 $a${TITLE}$9shou deng de ren$f(法)圣埃克苏佩里著$g李玉民译`
const first = aGoodRecord(field, '001  012026009001', '010  $a978-7-5442-9117-0$dCNY48.00')
const fuller = aGoodRecord(
  field,
  '001  012026009001',
  '010  $a978-7-5442-9117-0$dCNY48.00',
  '215  $a128页$c图$d21cm',
  '330  $a一座灯塔和守它的人。',
)

const records = [bibToMarcRecord(first)]
let library: SruServer
let portal: { readonly address: string; readonly stop: () => void }
let desks: TwoDesks
/** A cataloguer of the city library, and the branch head of Nanshan. */
let lin: DeskPage
let wu: DeskPage

/** Keys that a person pressed; what a scanner sends is none. */
let keysCount = 0
async function press(desk: DeskPage, combo: string): Promise<void> {
  keysCount += combo.split('+').length
  await desk.page.keyboard.press(combo)
}

/** A library's network that asks everybody to sign in first. */
async function startPortal(): Promise<typeof portal> {
  const server = createServer((_ask, answer) => void answer.end('<html><body>登录</body></html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}/db`, stop: () => void server.close() }
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  library = await startSruServer(records)
  portal = await startPortal()
  desks = await startTwoDesks('lin', 'wu')
  lin = desks.a
  wu = desks.b
}, 180_000)
afterAll(async () => {
  await desks.city.stop()
  await library.stop()
  portal.stop()
}, 60_000)

const look = async (desk: DeskPage, name: string, language: 'zh-CN' | 'en' = 'zh-CN') => {
  await desk.page.screenshot({ path: join(shots, `${name}.png`) })
  expect(await violations(desk.page)).toEqual([])
  expect(await wrongWords(desk.page, language, JSON.stringify([first, fuller]))).toEqual([])
}
const answers = ({ page }: DeskPage, state: string) =>
  page.locator(`[data-testid=copy-answer][data-kind=${state}]`)

async function enterSource(desk: DeskPage, name: string, address: string): Promise<void> {
  const { page } = desk
  await page.getByTestId('copy-new-source').click()
  await page.getByTestId('source-name').fill(name)
  await page.getByTestId('source-address').fill(address)
  await page.getByTestId('source-isTrusted').click()
  await page.keyboard.press('Control+s')
  await page.getByTestId('copy-source').filter({ hasText: name }).waitFor()
}

describe('套录', () => {
  it('没有来源时，屏幕说该请谁添；网点主管添了两个', async () => {
    await lin.goTo('copy')
    await lin.page.getByTestId('copy-no-targets').waitFor()
    await wu.goTo('copy')
    await wu.page.keyboard.press('Alt+o')
    await wu.page.getByTestId('copy-new-source').waitFor()
    expect(await wu.page.getByTestId('copy-source').count()).toBe(0)
    await enterSource(wu, '省图书馆', library.address)
    await enterSource(wu, '测试门户', portal.address)
    await wu.page.getByTestId('copy-source').first().click()
    await wu.page.getByTestId('source-form').waitFor()
    await look(wu, 'copying-sources')
    await wu.page.keyboard.press('Alt+o')
    // The shelves of the city library count their books together.
    await (
      await bridgeOf(wu.page)
    ).perform('scheme.set', {
      scheme: null,
      was: null,
      nameZh: '中文图书',
      nameEn: 'Chinese books',
      numbersBy: 'sequence',
      places: [{ branchId: BranchId.parse('044005-01'), shelf: null }],
      blockSize: 10,
      blockDays: 30,
    })
  })

  it('编目员扫一本新书，从扫描到书标，按键不到二十五下', async () => {
    await lin.page.getByTestId('copy-start').waitFor()
    await watchPrinter(lin)
    keysCount = 0
    await lin.scan(ISBN)
    await answers(lin, 'answered').waitFor()
    await answers(lin, 'failed').waitFor()
    expect(await lin.page.getByTestId('copy-record').allInnerTexts()).toEqual([
      expect.stringContaining(TITLE),
    ])
    await lin.page.getByTestId('copy-field').first().waitFor()
    await look(lin, 'copying-found')
    await press(lin, 'Alt+i')
    await lin.page.getByTestId('add-items-title').getByText(TITLE).waitFor()
    await lin.page.locator('[data-testid=take-number]:enabled').waitFor()
    await press(lin, 'Alt+n')
    await expect
      .poll(() => lin.page.getByTestId('add-callNumber').inputValue(), soon)
      .not.toBe('I565.88')
    await lin.scan(LABEL)
    await lin.page.locator('[data-testid=add-save]:enabled').waitFor()
    await press(lin, 'Control+s')
    await expect
      .poll(() => lin.page.getByTestId('verdict').getAttribute('data-tone'), soon)
      .toBe('done')
    await press(lin, 'Alt+Shift+l')
    await lin.page
      .getByTestId('due-row')
      .filter({ hasText: /I565\.88\/\d/ })
      .waitFor()
    await lin.page.locator('[data-testid=labels-print]:enabled').waitFor()
    await look(lin, 'copying-label')
    await press(lin, 'Control+p')
    await lin.page.locator('[data-testid=labels-came-out]').waitFor()
    await press(lin, 'Alt+y')
    await lin.page.getByTestId('due-row').filter({ hasText: TITLE }).waitFor({ state: 'detached' })
    expect(keysCount).toBeLessThan(25)
  })

  it('另一台再扫同一本：先看到本馆已有，逐字段对照后并入', async () => {
    records[0] = bibToMarcRecord(fuller)
    await wu.scan(ISBN)
    await answers(wu, 'answered').waitFor()
    await wu.page.getByTestId('copy-local-title').filter({ hasText: TITLE }).waitFor()
    await wu.page.keyboard.press('Alt+l')
    await wu.page.getByTestId('copy-merge').waitFor()
    const changed = wu.page.locator('[data-testid=copy-merge-field][data-changed=true]')
    await expect.poll(() => changed.count(), soon).toBe(2)
    await look(wu, 'copying-merge')
    await wu.setLanguage('en')
    await wu.setAppearance(1)
    await look(wu, 'copying-merge-en', 'en')
    await wu.setLanguage('zh-CN')
    await wu.setAppearance(0)
    await wu.page.keyboard.press('Alt+i')
    await wu.page.getByTestId('add-items-title').getByText(TITLE).waitFor()
  })

  it('没有网络，当场就说；草稿照样可立', async () => {
    await lin.goTo('copy')
    await lin.pullThePlug()
    await lin.scan('9787020002207')
    await expect.poll(() => lin.page.locator('[data-trouble=offline]').count(), soon).toBe(2)
    await look(lin, 'copying-offline')
    expect(desks.city.complaints).toEqual([])
  })
})
