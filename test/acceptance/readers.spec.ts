/** A morning at the registration desk: a lost card, a suspension, a message, one person twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { ReaderDeskPage } from './pages/reader-desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

const adult = '0440050000101'
const newCard = '0440050008801'
const second = '0440050008802'
const idNumber = '440301199006181234'

let city: RunningCity
let a: DeskPage
let b: DeskPage
let at: ReaderDeskPage
let atB: ReaderDeskPage

beforeAll(async () => {
  ;({ city, a, b } = await startTwoDesks('wu', 'wu'))
  at = new ReaderDeskPage(a.page)
  atB = new ReaderDeskPage(b.page)
}, 180_000)
afterAll(() => city.stop(), 60_000)

async function open(desk: DeskPage, card: string): Promise<void> {
  await desk.goTo('lend')
  await desk.goTo('reader')
  await desk.reader.open(card)
}

describe('读者服务台的一个上午', () => {
  it('PIPL 姓名、证号、电话先遮住，按键显示片刻', async () => {
    await open(a, adult)
    expect(await at.name()).toBe('张**')
    await at.press('Alt+v')
    await expect.poll(() => at.name(), soon).toBe('张思远')
    await at.press('Alt+v')
    await expect.poll(() => at.name(), soon).toBe('张**')
  })

  it('D6、D5 脱机：证丢了，先挂失，再换新证；扫旧证说清楚', async () => {
    await a.pullThePlug()
    await at.reportLost()
    await expect.poll(() => at.verdict(), soon).toContain('已挂失')
    await at.replaceCard(newCard)
    await expect.poll(() => at.verdict(), soon).toContain('已换证')
    await expect.poll(() => at.cardStates(), soon).toEqual(['valid', 'lost'])
    await open(a, newCard)
    await a.goTo('reader')
    await at.openByCard(adult)
    await expect.poll(() => at.scannedCard(), soon).toContain('已挂失')
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    expect(await violations(a.page)).toEqual([])
  })

  it('插回网线，另一台也认新证', async () => {
    await a.putThePlugBack()
    await a.allSent()
    await b.goTo('reader')
    await atB.openByCard(newCard)
    await expect.poll(() => atB.name(), soon).toBe('张**')
    await expect.poll(() => atB.cardStates(), soon).toEqual(['valid', 'lost'])
  })

  it('D12 留言：一台留，另一台借书时看到，当面转告；名字仍遮着', async () => {
    await b.goTo('lend')
    await b.lend.scanReader(adult)
    await expect.poll(() => atB.scannedCard(), soon).toContain('已挂失')
    await at.leaveMessage('请补登新电话')
    await expect.poll(() => atB.messages(), soon).toEqual(['请补登新电话'])
    expect(await b.lend.readerName()).toBe('张**')
    expect(await wrongWords(b.page, 'zh-CN')).toEqual([])
    expect(await violations(b.page)).toEqual([])
    await atB.dismissMessage()
    await expect.poll(() => at.messages(), soon).toEqual([])
    await expect.poll(() => atB.messages(), soon).toEqual([])
    await open(b, newCard)
  })

  it('D7、D8 停借：只停续借和预约，再解除', async () => {
    await at.suspend('20991231', ['lend'], '遗失图书未赔偿')
    await expect.poll(() => at.marks(), soon).toContain('续借、预约')
    await at.lift('已赔偿')
    await expect.poll(() => at.marks(), soon).not.toContain('续借')
  })

  it('D9 改电话：只记改动的一项', async () => {
    await at.editPhone('13900001111')
    await expect.poll(() => at.verdict(), soon).toContain('已改')
    await expect.poll(() => at.cardText(), soon).toContain('139****1111')
  })

  it('D15 未经同意不显示借阅历史；同意后才显示', async () => {
    await at.showHistory()
    await expect.poll(() => at.history(), soon).toContain('未同意')
    await at.toggleHistory()
    await expect.poll(() => at.history(), soon).not.toContain('未同意')
    await at.showHistory()
  })

  it('D3 同一人又来办证：填写时就提示，身份证号只留摘要', async () => {
    await a.goTo('register')
    await at.fillRegister({ card: second, name: '张思远', bornOn: '19900618', idNumber })
    await expect.poll(() => at.duplicates(), soon).toEqual(['same-person'])
    await at.register()
    await at.confirmDecision()
    await expect.poll(() => at.registerVerdict(), soon).toContain('已办证')
    await at.fillAgain({ card: '0440050008803', name: '别人', bornOn: '', idNumber })
    await expect.poll(() => at.duplicates(), soon).toEqual(['same-hash'])
  })

  it('D13 发现是同一人：合并，两张证都通向同一位读者', async () => {
    await open(a, second)
    await at.startMerge(newCard)
    await at.confirmMerge()
    await expect.poll(() => at.verdict(), soon).toContain('已合并')
    await a.goTo('reader')
    await at.openByCard(second)
    await expect.poll(() => at.cardStates(), soon).toHaveLength(3)
    await a.allSent()
    expect(await a.openExceptionsCount()).toBe(0)
    expect(await violations(a.page)).toEqual([])
    expect(city.complaints).toEqual([])
  })
})
