/** Readers and books that belong to another service point: online they arrive, offline they are trusted. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maskedName } from '../../domain/words/masked-name.ts'
import { zhCN } from '../../renderer/language/zh-CN.ts'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import type { Language } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

/** Neither has ever been to Nanshan, where desk B stands; she has seven loans, he has none. */
const she = { card: '0440050001065', name: '萧明' }
const he = { card: '0440050001015', name: '周昇' }
const nobodys = '0440050099999'
const [ofA, alsoOfA, ofB] = ['04400510000014', '04400510000015', '04400610000009'] as const
const shots = process.env['CITYDESK_SHOTS'] ?? join(tmpdir(), 'citydesk-shots')

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  ;({ city, a, b } = await startTwoDesks('chen', 'zhao'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

const loansOf = async (desk: DeskPage, card: string): Promise<string[]> => {
  await desk.goTo('reader')
  await desk.reader.open(card)
  const found = await desk.reader
    .loans()
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-barcode') ?? ''))
  await desk.page.keyboard.press('Escape')
  return found.toSorted()
}

const scanReaderAtB = async (card: string): Promise<void> => {
  await b.goTo('lend')
  await b.lend.nextReaderIfAny()
  await b.lend.scanReader(card)
}

const openItem = async (desk: DeskPage, barcode: string): Promise<void> => {
  await desk.goTo('search')
  await desk.scan(barcode)
  await desk.page.getByTestId('item-card').getByText(barcode).waitFor()
}

const briefAge = () => b.page.getByTestId('brief-age')

/** What is wrong with desk B's screen in each language; it is left in Chinese. */
async function wrongInBoth(name: string): Promise<string[]> {
  const found: string[] = []
  for (const language of ['en', 'zh-CN'] satisfies Language[]) {
    await b.setLanguage(language)
    await b.page.screenshot({ path: join(shots, `elsewhere-${name}.${language}.png`) })
    found.push(
      ...(await violations(b.page)),
      ...(await wrongWords(b.page, language)),
      ...(await outOfReach(b.page)),
    )
  }
  return found
}

describe('外馆的读者，联网时', () => {
  let loansAtHome: readonly string[]

  it('她从没来过南山，扫证就到，在借的书都在', async () => {
    loansAtHome = await loansOf(a, she.card)
    expect(loansAtHome).toHaveLength(7)
    await scanReaderAtB(she.card)
    await expect.poll(() => b.lend.readerName(), soon).toBe(maskedName(she.name))
    await expect.poll(() => b.lend.loansCount().innerText(), soon).toMatch(/\b7 \//)
    expect(await b.page.getByTestId('unknown-reader').count()).toBe(0)
    expect(await wrongInBoth('1-welcomed')).toEqual([])
  })

  it('读者页上也一样，一笔不少', async () => {
    expect(await loansOf(b, she.card)).toEqual(loansAtHome)
  })

  it('全市都没有的证，问过之后说没有', async () => {
    await scanReaderAtB(nobodys)
    await b.page.getByTestId('unknown-reader').waitFor()
    expect((await b.lend.lastVerdict()).tone).toBe('stop')
    expect(await b.pendingCount()).toBe(0)
  })
})

describe('外馆的书', () => {
  it('南山只有它的简况，写明多旧', async () => {
    await openItem(b, ofA)
    await briefAge().waitFor()
    expect(await briefAge().innerText()).toContain('刚刚更新')
    expect(await b.page.getByTestId('status-age').getAttribute('title')).toContain(
      '全城简况 刚刚更新',
    )
    expect(await wrongInBoth('2-item-in-brief')).toEqual([])
    await openItem(b, ofB)
    expect(await briefAge().count()).toBe(0)
  })

  it('在南山借给她，当场办成；她的本馆随即看到', async () => {
    await scanReaderAtB(she.card)
    expect(await b.lend.scanItem(ofA)).toBe('done')
    await a.goTo('reader')
    await a.reader.open(she.card)
    await a.reader.loan(ofA).waitFor()
    // It stands in Nanshan's books now, with all that is known of it.
    await openItem(b, ofA)
    await briefAge().waitFor({ state: 'detached' })
    expect(await b.search.itemState().innerText()).toContain('借出')
  })

  it('还到本馆上架，两处的借阅都了结', async () => {
    await a.goTo('return')
    await a.returning.scanItem(ofA)
    expect((await a.returning.whereNext()).route).toBe('shelf')
    await a.allSent()
    await expect.poll(() => b.search.itemState().innerText(), soon).toContain('在架')
    await briefAge().waitFor()
    for (const desk of [a, b]) expect(await loansOf(desk, she.card)).not.toContain(ofA)
    expect(await a.openExceptionsCount()).toBe(0)
  })
})

describe('外馆的读者，断网时', () => {
  it('证查不到，书在手上：写明理由借出，外馆的书也一样', async () => {
    await b.allSent()
    await b.pullThePlug()
    await scanReaderAtB(he.card)
    await b.page.getByTestId('unknown-reader').waitFor()
    expect(await wrongInBoth('3-unknown-offline')).toEqual([])
    for (const barcode of [ofB, alsoOfA]) {
      expect(await b.lend.scanItem(barcode)).toBe('deciding')
      expect(await b.lend.findings()).toContain('unknown-reader')
      await b.lend.confirmDecision()
      expect(await b.lend.answered(barcode)).toBe('done')
    }
    expect(await b.lend.readerName()).toBe(zhCN.reader.toBeCompleted)
    expect(await wrongInBoth('4-lent-on-trust')).toEqual([])
  })

  it('断网也看得见外馆的书，写明简况多旧', async () => {
    await openItem(b, ofA)
    expect(await briefAge().innerText()).toMatch(/刚刚更新|分钟前/)
    expect(await b.search.itemState().innerText()).toContain('在架')
  })

  it('联网后证自己对上了人：名下两册，没有例外，没有占位的读者', async () => {
    await b.goTo('lend')
    await b.putThePlugBack()
    await b.allSent()
    await expect.poll(() => b.lend.readerName(), soon).toBe(maskedName(he.name))
    await expect.poll(() => b.lend.loansCount().innerText(), soon).toMatch(/\b2 \//)
    expect(await wrongInBoth('5-bound')).toEqual([])
    for (const desk of [a, b]) {
      expect(await loansOf(desk, he.card)).toEqual([alsoOfA, ofB].toSorted())
      await desk.page.getByTestId('find-reader').fill(he.card)
      await expect.poll(() => desk.reader.found().allInnerTexts(), soon).toHaveLength(1)
      expect(await desk.openExceptionsCount()).toBe(0)
    }
    expect(city.complaints).toEqual([])
  })
})
