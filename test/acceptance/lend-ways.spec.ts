/** Other ways to lend: to an ID card, and a whole list at once; with the line down. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import { startOneDesk } from './one-desk.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { LendWaysPage } from './pages/lend-ways-page.ts'
import { ReaderDeskPage } from './pages/reader-desk-page.ts'
import { shootAll } from './shots.ts'
import { soon } from './soon.ts'

const idNumber = '11010519491231002X'
const born = '19491231'
const masked = '110***********002X'
const wrong = '110105194912310021'
const childBornOn = '2015-03-12'
const newCard = '0440050008811'
const secondCard = '0440050008812'
const adult = '0440050000101'
const shelf = (number: number): string => `044005${10_000_000 + number}`
const stranger = (number: number): string => `9900990000${String(number).padStart(4, '0')}`

let city: RunningCity
let desk: DeskPage
let ways: LendWaysPage
let at: ReaderDeskPage

beforeAll(async () => {
  ;({ city, desk } = await startOneDesk('wu'))
  ways = new LendWaysPage(desk.page)
  at = new ReaderDeskPage(desk.page)
}, 180_000)
afterAll(() => city.stop(), 60_000)

const look = async (language: 'en' | 'zh-CN'): Promise<string[]> => [
  ...(await wrongWords(desk.page, language)),
  ...(await violations(desk.page)),
]

async function register(card: string, name: string): Promise<void> {
  await desk.page.getByTestId('new-card').fill(card)
  await desk.page.getByTestId('category').click()
  await desk.page.locator('.ant-select-item-option').first().click()
  await desk.page.getByTestId('new-name').fill(name)
  await at.register()
}

describe('刷身份证借书，线路断着', () => {
  it('D19 号码输错，说清楚；屏幕上看不到整个号码', async () => {
    await desk.pullThePlug()
    await desk.goTo('lend')
    await desk.lend.enter(wrong)
    await desk.page.getByTestId('id-card-wrong').waitFor()
    expect(await ways.text()).not.toContain(born)
    expect(await shootAll(desk, 'id-card-wrong', look)).toEqual([])
  })

  it('D19 没办过证：带着号码去办证，不必再输', async () => {
    await desk.lend.enter(idNumber)
    await desk.page.getByTestId('id-card-nobody').waitFor()
    expect(await shootAll(desk, 'id-card-nobody', look)).toEqual([])
    await desk.page.keyboard.press('Alt+7')
    await expect.poll(() => ways.idNumberField(), soon).toBe(masked)
    expect(await shootAll(desk, 'id-card-register', look)).toEqual([])
    await register(newCard, '陈晓')
    await expect.poll(() => at.registerVerdict(), soon).toContain('已办证')
  })

  it('D19 再读身份证，就是这位读者；接着扫的书都借给他', async () => {
    await desk.goTo('lend')
    await desk.scan(idNumber)
    expect(await desk.lend.scanItem(shelf(1))).toBe('done')
    expect(await desk.lend.readerName()).toBe('陈*')
    await desk.lend.nextReader()
  })

  it('D3 同号两条记录：请馆员选；等着的书不丢', async () => {
    await desk.goTo('register')
    await desk.scan(idNumber)
    await expect.poll(() => at.duplicates(), soon).toEqual(['same-hash'])
    await register(secondCard, '陈晓霞')
    await at.confirmDecision()
    await expect.poll(() => at.registerVerdict(), soon).toContain('已办证')
    await desk.goTo('lend')
    await desk.scan(idNumber)
    await desk.page.getByTestId('id-card-several').waitFor()
    await desk.scan(shelf(2))
    await desk.scansWaiting().waitFor()
    expect(await shootAll(desk, 'id-card-several', look)).toEqual([])
    await ways.chooseByKeys(1)
    expect(await desk.lend.answered(shelf(2))).toBe('done')
    expect(await desk.lend.readerName()).toBe('陈**')
    await desk.lend.nextReader()
  })

  it('D19 身份证放在阅读器上：办证页填好姓名和出生日期，号码只见掩码', async () => {
    await desk.goTo('register')
    await desk.openVirtualScanner()
    await desk.page.getByTestId('virtual-id-card').last().click()
    await expect.poll(() => desk.page.getByTestId('new-name').inputValue(), soon).toBe('范小例')
    expect(await desk.page.getByTestId('born-on').inputValue()).toBe(childBornOn)
    expect(await ways.idNumberField()).toBe('449***********0015')
    expect(await shootAll(desk, 'id-card-reader-register', look)).toEqual([])
  })

  it('D19 没办过证的身份证放在借书页：去办证时姓名也带着', async () => {
    await desk.goTo('lend')
    await desk.page.getByTestId('virtual-id-card').last().click()
    await desk.page.getByTestId('id-card-nobody').waitFor()
    await desk.page.keyboard.press('Alt+7')
    await expect.poll(() => desk.page.getByTestId('new-name').inputValue(), soon).toBe('范小例')
    expect(await ways.everythingKept()).not.toContain(childBornOn)
  })

  it('设备页上看得到阅读器，读过几张', async () => {
    await desk.goTo('devices')
    await expect
      .poll(() => desk.page.getByTestId('cards-read').innerText(), soon)
      .toBe('已读 2 张，未读出 0 张')
    expect(await shootAll(desk, 'id-card-reader-devices', look)).toEqual([])
    await desk.page.getByTestId('toggle-virtual-scanner').click()
  })

  it('CN 5.2 号码哪里都没有留下', async () => {
    expect(await ways.everythingKept()).not.toContain(born)
    await desk.goTo('today')
    expect(await ways.text()).not.toContain(born)
  })
})

describe('按清单借书，线路仍断着', () => {
  it('L30 在条码栏粘贴多行，清单自己打开；没有读者时先要证', async () => {
    await desk.goTo('lend')
    await ways.paste(`${shelf(3)}\n${shelf(4)}`)
    await expect.poll(() => ways.listFacts(), soon).toContain('请先扫读者证')
    await desk.lend.scanReader(adult)
    await expect.poll(() => ways.listFacts(), soon).toBe('2 个条码')
    await desk.page.keyboard.press('Escape')
    await desk.page.keyboard.press('Alt+l')
    await expect.poll(() => ways.listFacts(), soon).toBe('2 个条码')
  })

  it('L30 空行、重复、全角、认不出的都说清楚；一册册借出，要放行的排到最后', async () => {
    await ways.write(
      ['条码', shelf(3), '', shelf(3), '０４４００５１００００００４', stranger(1), shelf(5)].join(
        '\n',
      ),
    )
    await expect.poll(() => ways.listFacts(), soon).toBe('4 个条码 · 重复 1 个 · 认不出 1 个：条码')
    expect(await shootAll(desk, 'lend-list', look)).toEqual([])
    await ways.lendList()
    await expect.poll(() => ways.outcome(), soon).toBe('清单已借 3 / 4 · 待放行 1')
    await desk.lend.decision().waitFor()
    expect(await desk.lend.findings()).toContain('unknown-item')
    expect(await shootAll(desk, 'lend-list-asking', look)).toEqual([])
    await desk.lend.leaveDecision()
    await expect.poll(() => ways.outcome(), soon).toBe('清单已借 3 / 4 · 未借 1')
  })

  it('L30 用键盘选一册：为什么没借、再办一次、撤销', async () => {
    await desk.page.keyboard.press('Alt+ArrowDown')
    await expect.poll(async () => (await desk.lend.lastVerdict()).text, soon).toContain('未办理')
    await desk.page.keyboard.press('Alt+r')
    await desk.lend.decision().waitFor()
    await desk.lend.leaveDecision()
    await desk.page.keyboard.press('Alt+ArrowDown')
    await desk.page.keyboard.press('Alt+u')
    await expect.poll(() => ways.outcome(), soon).toBe('清单已借 2 / 4 · 未借 2')
    await desk.lend.nextReader()
  })

  it('L30 二百册：一路看得见进度，其余一次不办', async () => {
    await desk.lend.scanReader('0440050000102')
    await ways.paste(Array.from({ length: 200 }, (_, n) => stranger(n + 100)).join('\n'))
    await ways.lendList()
    await desk.page.getByTestId('import-progress').waitFor()
    await expect.poll(() => ways.outcome(), soon).toContain('待放行 200')
    expect(await shootAll(desk, 'lend-list-200', look)).toEqual([])
    await desk.page.keyboard.press('Alt+n')
    await expect.poll(() => ways.outcome(), soon).toBe('清单已借 0 / 200 · 未借 200')
    await desk.lend.nextReader()
  })

  it('插回网线，全部送达，没有例外', async () => {
    await desk.putThePlugBack()
    await desk.allSent()
    expect(await desk.openExceptionsCount()).toBe(0)
    expect(city.complaints).toEqual([])
  })
})
