/** A book that a reader lost is charged, then turns up in the book drop. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import { DeskPage } from './pages/desk-page.ts'

const reader = '0440050000101'
const [lost, claimed, read] = ['04400510000007', '04400510000008', '04400510000009'] as const
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let desk: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  city = await startCity()
  desk = new DeskPage(await (await city.startDesk('A')).open())
  await desk.signIn('chen')
  await desk.connection('online')
}, 180_000)
afterAll(() => city.stop(), 60_000)

const openItem = async (barcode: string): Promise<void> => {
  await desk.goTo('search')
  await desk.scan(barcode)
  await desk.page.getByTestId('item-card').getByText(barcode).waitFor()
}
const stateSays = async (word: string): Promise<void> => {
  await desk.page.getByTestId('item-state').getByText(word).waitFor()
}
const inBothLanguages = async (name: string): Promise<void> => {
  for (const language of ['en', 'zh-CN'] as const) {
    await desk.setLanguage(language)
    await desk.page.screenshot({ path: join(shots, `${name}.${language}.png`) })
    expect(await violations(desk.page)).toEqual([])
    expect(await wrongWords(desk.page, language)).toEqual([])
    expect(await outOfReach(desk.page)).toEqual([])
  }
}

describe('丢了又找回来', () => {
  it('读者借了两册', async () => {
    await desk.goTo('lend')
    await desk.lend.scanReader(reader)
    for (const barcode of [lost, claimed]) expect(await desk.lend.scanItem(barcode)).toBe('done')
    await desk.page.screenshot({ path: join(shots, 'lend-modes.zh-CN.png') })
  })

  it('他说丢了一册：登记丢失，赔书费记在名下', async () => {
    await openItem(lost)
    await desk.page.getByTestId('mark-lost').click()
    await desk.page.getByTestId('lost-save').click()
    await stateSays('丢失')
    await desk.page.getByText('赔书费').first().waitFor()
    await inBothLanguages('item-lost')
  })

  it('另一册他说早还了：登记称已还，书在架上找到', async () => {
    await openItem(claimed)
    await desk.page.getByTestId('claim-returned').click()
    await stateSays('读者称已还')
    await desk.page.getByTestId('item-found').click()
    await stateSays('在架')
  })

  it('断网的早上清还书箱，丢的那册在里面：赔书费取消', async () => {
    await desk.allSent()
    await desk.pullThePlug()
    await desk.goTo('return')
    await desk.returning.mode('drop')
    await desk.returning.typeItem(lost)
    const where = await desk.returning.whereNext()
    expect(where.route).toBe('shelf')
    expect(where.tone).toBe('needs-you')
    await desk.page.getByText('赔书费已取消').first().waitFor()
    await inBothLanguages('return-found')
  })

  it('馆内看过的一册，记一次使用', async () => {
    await desk.returning.mode('in-house')
    await desk.returning.typeItem(read)
    await desk.page.getByText('已记一次馆内阅览').first().waitFor()
    await desk.page.screenshot({ path: join(shots, 'return-in-house.zh-CN.png') })
  })

  it('联网以后，中心说的一样：什么也不欠', async () => {
    await desk.putThePlugBack()
    await desk.allSent()
    await openItem(lost)
    await stateSays('在架')
    await openItem(read)
    await desk.page.getByText('馆内使用').waitFor()
    await desk.goTo('reader')
    await desk.reader.open(reader)
    expect(await desk.page.getByTestId('reader-fees').getByText('¥').count()).toBe(0)
    expect(city.complaints).toEqual([])
  })
})
