/** The day the line was down, a counter wrote Koha's file; today it is taken in, checked and recorded once. */
import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, dateAt } from '../../domain/words/calendar-date.ts'
import type { RunningCity } from './city.ts'
import { violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { printedBy, watchPrinter } from './printer.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

const card = '0440050000101'
const blocked = '0440050000103'
const stranger = '9900990000123'
const [lent, returned, toBlocked] = ['04400510000001', '04400510000002', '04400510000003'] as const
const nobodys = '99009900000001'
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

const yesterday = addDays(dateAt(Date.now()), -1)
const koc = [
  'Version=1.0\tGenerator=kocDesktop\tGeneratorVersion=2.0.0',
  `${yesterday} 10-15-30 000\tissue\t${card}\t${lent}`,
  `${yesterday} 10-16-02 000\treturn\t${returned}`,
  `${yesterday} 10-20-00 000\tissue\t${blocked}\t${toBlocked}`,
  `${yesterday} 10-22-10 000\tissue\t${stranger}\t${nobodys}`,
  `${yesterday} 10-25-00 000\tpayment\t${card}\t2.00`,
  `${yesterday} 10-26-00 000\tpayment\t${stranger}\t1.00`,
  `${yesterday} 10-2`,
].join('\r\n')

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  ;({ city, a, b } = await startTwoDesks('wu', 'wu'))
  await watchPrinter(a)
}, 180_000)
afterAll(() => city.stop(), 60_000)

async function openFees(desk: DeskPage): Promise<void> {
  await desk.goTo('reader')
  await desk.reader.open(card)
  await desk.money.showFees()
}

/** It has no key of its own: Ctrl+K and its name. */
async function openOffline(desk: DeskPage): Promise<void> {
  await desk.goTo('offline')
  await desk.page.getByTestId('offline-record').waitFor()
}

const shoot = (name: string) => a.page.screenshot({ path: join(shots, `${name}.png`) })

describe('接收脱机文件', () => {
  it('早上先记一笔换标签的费用，网络又断了', async () => {
    await openFees(a)
    await a.money.charge('label')
    await expect.poll(() => a.money.owed(), soon).toEqual(['label 200'])
    await a.allSent()
    await a.pullThePlug()
  })

  it('选错了文件，用大白话说', async () => {
    await openOffline(a)
    await shoot('offline.zh-CN')
    expect(await a.offline.choose('通知.txt', '各位读者：\n明天闭馆。')).toContain('不能接收')
    expect(await a.offline.verdict().innerText()).toContain('没有一行是脱机借还记录')
    expect(await a.offline.choose('x.koc', 'Version=2.0\tGenerator=x')).toContain('先升级工作台')
    await a.page
      .getByTestId('offline-file')
      .setInputFiles({ name: '空.koc', mimeType: 'text/plain', buffer: Buffer.alloc(0) })
    await expect.poll(() => a.offline.trouble().innerText(), soon).toContain('没有内容')
    const huge = Buffer.alloc(9 * 1024 ** 2, 'x')
    await a.page
      .getByTestId('offline-file')
      .setInputFiles({ name: '大.koc', mimeType: 'text/plain', buffer: huge })
    await expect.poll(() => a.offline.trouble().innerText(), soon).toContain('超过 8 兆')
  })

  it('X4 先核对：几笔借出、还回、缴款，哪行读不出，哪些本机查不到；还什么都没记', async () => {
    expect(await a.offline.choose('昨天.koc', koc)).toContain('可以记入，有例外')
    expect(await a.offline.count('checkOuts')).toBe('3')
    expect(await a.offline.count('checkIns')).toBe('1')
    expect(await a.offline.count('payments')).toBe('2')
    expect(await a.offline.count('paymentsFen')).toBe('¥3.00')
    expect(await a.page.getByTestId('unknownBarcodes').innerText()).toContain(nobodys)
    expect(await a.page.getByTestId('unknownCards').innerText()).toContain(stranger)
    expect(await a.page.getByTestId('offline-cut-off').innerText()).toContain('没有拷完')
    expect(await a.offline.rows()).toEqual([
      '4 clashes 停借中',
      '5 clashes 读者证查不到、条码查不到',
      '7 clashes 没有欠费却收了钱、读者证查不到',
      '8 unusable 不是脱机记录的写法',
    ])
    await shoot('offline-preview.zh-CN')
    expect(await violations(a.page)).toEqual([])
    expect(await wrongWords(a.page, 'zh-CN')).toEqual([])
    expect(await a.pendingCount()).toBe(0)
  })

  it('X4 一键记入，脱机也行：已发生的事都记下，报告可打可存', async () => {
    expect(await a.offline.record()).toContain('已记入，有例外')
    expect(await a.offline.count('recorded')).toBe('3')
    expect(await a.offline.count('recorded-broken')).toBe('3')
    expect(await a.pendingCount()).toBe(6)
    await shoot('offline-done.zh-CN')
    await a.page.keyboard.press('Control+p')
    const printed = async () => (await printedBy(a)).at(-1) ?? ''
    await expect.poll(printed, soon).toMatch(/接收脱机文件\n昨天\.koc[\s\S]*停借中/)
    const [saved] = await Promise.all([
      a.page.waitForEvent('download'),
      a.page.keyboard.press('Control+s'),
    ])
    expect(saved.suggestedFilename()).toBe('昨天.koc.csv')
    const csv = readFileSync(await saved.path(), 'utf8')
    expect(csv.split('\r\n')[0]).toBe('\ufeff行,时间,办理,条码 · 证号,结果,说明')
    expect(csv).toContain(nobodys)
  })

  it('X1 同一个文件再选一次，换了名字也认得，什么都不再记', async () => {
    const told = await a.offline.choose('昨天（副本）.koc', koc.replaceAll('\r\n', '\n'))
    expect(told).toContain('已经接收过')
    expect(await a.offline.count('repeated')).toBe('6')
    expect(await a.page.getByTestId('offline-record').isDisabled()).toBe(true)
    expect(await a.pendingCount()).toBe(6)
  })

  it('X2 应还日从昨天算起，X3 缴的钱结了最早的欠费', async () => {
    await openFees(a)
    await expect.poll(() => a.money.owed(), soon).toEqual([])
    await a.goTo('today')
    await a.today.row('loan.check-out', lent).waitFor()
    await a.goTo('lend')
    await a.lend.scanReader(card)
    await expect
      .poll(() => a.page.locator('main').innerText(), soon)
      .toContain(addDays(yesterday, 31).slice(5))
  })

  it('网络通了，例外摆在台上，等人处理', async () => {
    await a.putThePlugBack()
    await a.allSent()
    await expect.poll(() => a.openExceptionsCount(), soon).toBe(4)
    await openOffline(a)
    await a.goTo('exceptions')
    const main = () => a.page.locator('main').innerText()
    for (const kind of ['停借或失效的证借了书', '条码查不到的书', '查不到的读者证']) {
      await expect.poll(main, soon).toContain(kind)
    }
  })

  it('X1 别的台也拿到这个文件，记了也不会重复收钱', async () => {
    await openOffline(b)
    await b.offline.choose('昨天.koc', koc)
    await b.offline.record()
    await b.allSent()
    await openFees(a)
    await expect.poll(() => a.money.settledFees().count(), soon).toBe(1)
    await expect.poll(() => a.openExceptionsCount(), soon).toBe(4)
    expect(city.complaints).toEqual([])
  })

  it('英文与深色也看得清', async () => {
    await openOffline(a)
    await a.setLanguage('en')
    expect(await wrongWords(a.page, 'en')).toEqual([])
    await a.setAppearance(1)
    await a.page.waitForTimeout(300)
    await shoot('offline.en.dark')
    expect(await violations(a.page)).toEqual([])
  })
})
