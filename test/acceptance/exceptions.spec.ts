/**
 * What two desks without a line did to one another, seen afterwards by a branch head who never lets
 * go of the keyboard.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Settlement } from '../../domain/settlements.ts'
import { zhCN } from '../../renderer/language/zh-CN.ts'
import type { RunningCity } from './city.ts'
import { outOfReach, violations, wrongWords } from './look.ts'
import type { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'
import { startTwoDesks } from './two-desks.ts'

const first = '0440050000101'
const second = '0440050000106'
const contested = '04400510000007'
const lentTwice = '04400510000008'
/** On the shelf where desk A stands; it turns up where desk B does. */
const turnedUp = '04400510000009'
/** What the wrong label was stuck on. */
const meant = '04400610000008'
const unheardOf = '04400599999999'
const comment = '读者说周一已经还过'

let city: RunningCity
let a: DeskPage
let b: DeskPage

beforeAll(async () => {
  ;({ city, a, b } = await startTwoDesks('chen', 'zhao'))
}, 180_000)
afterAll(() => city.stop(), 60_000)

const lendTo = async (desk: DeskPage, card: string, barcodes: readonly string[]): Promise<void> => {
  await desk.goTo('lend')
  await desk.lend.nextReaderIfAny()
  await desk.lend.scanReader(card)
  for (const barcode of barcodes) {
    const state = await desk.lend.scanItem(barcode)
    if (state !== 'deciding') continue
    await desk.lend.confirmDecision()
    await expect.poll(() => desk.lend.answered(barcode), soon).toBe('done')
  }
}

const settledBy = async (settlement: Settlement): Promise<void> => {
  await expect
    .poll(() => b.exceptions.lastSettled().innerText(), soon)
    .toContain(zhCN.exceptions.settlement[settlement])
}

describe('例外，从出现到处理', () => {
  it('两台都拔了网线，各办各的', async () => {
    await a.pullThePlug()
    await b.pullThePlug()
    await lendTo(a, first, [contested, lentTwice])
    await lendTo(b, second, [contested])
    await lendTo(b, first, [lentTwice, unheardOf])
    await b.goTo('return')
    await b.returning.scanItem(turnedUp)
    expect(await a.pendingCount()).toBe(2)
    await expect.poll(() => b.pendingCount(), soon).toBe(4)
  })

  it('插回网线，后到的一台列出四种例外', async () => {
    await a.putThePlugBack()
    await a.allSent()
    await b.putThePlugBack()
    await b.allSent()
    await expect.poll(() => b.openExceptionsCount(), soon).toBe(4)
    await b.signOut()
    await b.signIn('wu')
    await b.goTo('exceptions')
    await expect.poll(() => b.exceptions.rows().count(), soon).toBe(4)
    expect((await b.exceptions.kinds()).toSorted()).toEqual(
      ['open-loan-other', 'open-loan-same', 'return-not-on-loan', 'unknown-item'].toSorted(),
    )
    // The urgent one is open already.
    expect(await b.exceptions.card().innerText()).toContain(zhCN.exceptions.kind['open-loan-other'])
  })

  it('双方经过并排，写明当时所知；页面合规、可及', async () => {
    await expect.poll(() => b.exceptions.histories().count(), soon).toBe(2)
    expect(await b.exceptions.histories().nth(1).innerText()).toContain(second)
    expect(await b.exceptions.evidence().innerText()).toContain(zhCN.exceptions.evidence)
    expect(await violations(b.page)).toEqual([])
    expect(await wrongWords(b.page, 'zh-CN')).toEqual([])
    expect(await outOfReach(b.page)).toEqual([])
  })

  it('接手、留言，第二个键走另一条路', async () => {
    await b.exceptions.take()
    await expect.poll(() => b.exceptions.assignedTo(), soon).toBe('stf-wu')
    await b.exceptions.comment(comment)
    await b.page.keyboard.press('Escape')
    await b.page.keyboard.press('2')
    await settledBy('first-has-it')
    await expect.poll(() => b.openExceptionsCount(), soon).toBe(3)
  })

  it('条码贴错的书，扫一下真的那册就对上了', async () => {
    await b.exceptions.showOnly('unknown-item')
    // Nothing was scanned yet: the key asks for it instead of settling anything.
    await b.exceptions.acceptProposal()
    await b.scan(meant)
    await expect.poll(() => b.exceptions.bindCode().inputValue(), soon).toBe(meant)
    await b.exceptions.acceptProposal()
    await settledBy('bound')
    await b.goTo('reader')
    await b.reader.open(first)
    await b.page.locator(`[data-barcode="${meant}"]`).first().waitFor()
  })

  it('断网时也能处理：一个键按建议办，联网后发出', async () => {
    await b.goTo('exceptions')
    await b.pullThePlug()
    for (const left of [1, 0]) {
      await b.page.getByTestId('settle-accepted').waitFor()
      await b.exceptions.acceptProposal()
      await expect.poll(() => b.exceptions.rows().count(), soon).toBe(left)
    }
    await settledBy('accepted')
    expect(await b.pendingCount()).toBe(2)
    await b.putThePlugBack()
    await b.allSent()
    await expect.poll(() => b.openExceptionsCount(), soon).toBe(0)
  })

  it('处理过的都在，谁处理的、说了什么', async () => {
    await b.page.getByTestId('exceptions-state').getByRole('radio').nth(1).locator('..').click()
    await expect.poll(() => b.exceptions.rows().count(), soon).toBe(4)
    await b.exceptions.open('open-loan-other')
    await expect.poll(() => b.exceptions.card().innerText(), soon).toContain(comment)
    expect(await b.exceptions.card().innerText()).toContain(
      zhCN.exceptions.settlement['first-has-it'],
    )
    expect(city.complaints).toEqual([])
  })
})
