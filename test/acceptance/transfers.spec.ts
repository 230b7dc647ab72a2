/** A crate arrives: what belongs here, what went astray, and what nobody has seen since. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

/** On their shelves at the city library, where desk A stands; desk B is at Nanshan. */
const [toNanshan, toLuohu, stays] = ['04400510000007', '04400510000008', '04400510000009'] as const
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  ;({ city, a, b } = await startTwoDesks('chen', 'zhao'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

/** The brief facts of the city come some seconds after the rows of one's own branch. */
const knowsBySight = async (desk: DeskPage, barcode: string): Promise<void> =>
  await expect
    .poll(async () => {
      await desk.goTo('search')
      await desk.scan(barcode)
      return desk.page.getByTestId('item-card').innerText()
    }, soon)
    .toContain('调拨')

describe('调拨的一天', () => {
  it('深圳图书馆把三册书寄出去', async () => {
    await a.goTo('transfers')
    await a.transfers.sendMode('南山图书馆')
    expect(await a.transfers.scan(toNanshan)).toMatchObject({ tone: 'done' })
    await a.transfers.sendMode('罗湖图书馆')
    expect(await a.transfers.scan(toLuohu)).toMatchObject({ tone: 'done' })
    const last = await a.transfers.scan(stays)
    expect(last.text).toContain('寄往 罗湖图书馆')
    // Somebody asks for a book meanwhile: the crate is as it was, and goes where it went.
    await a.goTo('search')
    await a.goTo('transfers')
    await a.transfers.list('scanned')
    expect(await a.page.getByTestId('scanned-parcel').count()).toBe(3)
    await a.page.screenshot({ path: join(shots, 'transfers-scanned.zh-CN.png') })
    expect(await violations(a.page)).toEqual([])
    expect(await a.page.getByTestId('verdict').innerText()).toContain('寄往 罗湖图书馆')
    await a.transfers.list('sent')
    await a.transfers.row(stays).waitFor()
    await a.page.screenshot({ path: join(shots, 'transfers-sent.zh-CN.png') })
  })

  it('有一册不寄了，留在这里', async () => {
    await a.transfers.row(stays).getByTestId('keep-here').click()
    await expect.poll(() => a.transfers.row(stays).count(), soon).toBe(0)
    await a.allSent()
  })

  it('南山断网也照样开箱：自己的上架去向清楚，寄错的说明该去罗湖', async () => {
    await b.goTo('transfers')
    await b.transfers.row(toNanshan).waitFor()
    await knowsBySight(b, toLuohu)
    await b.goTo('transfers')
    await b.pullThePlug()
    const arrived = await b.transfers.scan(toNanshan)
    expect(arrived.text).toContain('送往 深圳图书馆')
    // Sent to Luohu: this desk knows it by the city's brief facts alone.
    const astray = await b.transfers.scan(toLuohu)
    expect(astray).toMatchObject({ tone: 'needs-you' })
    expect(astray.text).toContain('送往 罗湖图书馆')
    expect(astray.text).toContain('寄错了地方')
    await b.page.screenshot({ path: join(shots, 'transfers-astray.zh-CN.png') })
    expect(await violations(b.page)).toEqual([])
    expect(await outOfReach(b.page)).toEqual([])
  })

  it('两种语言都说得通', async () => {
    for (const language of ['en', 'zh-CN'] as const) {
      await b.setLanguage(language)
      expect(await wrongWords(b.page, language)).toEqual([])
      await b.page.screenshot({ path: join(shots, `transfers.${language}.png`) })
    }
  })

  it('联网以后，转运还在路上，方向没有变', async () => {
    await b.putThePlugBack()
    await b.allSent()
    await b.transfers.list('sent')
    await b.transfers.row(toLuohu).waitFor()
    await a.goTo('search')
    await a.scan(toLuohu)
    const state = () => a.page.getByTestId('item-state').innerText()
    await expect.poll(state, soon).toContain('调拨途中')
    expect(city.complaints).toEqual([])
  })
})
