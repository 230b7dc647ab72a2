/** A day of difficult readers and books: what the desk asks, and what it then does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samplePassword } from '../../cli/sample-city/city.ts'
import { startCity } from './city.ts'
import type { RunningCity } from './city.ts'
import { DeskPage } from './pages/desk-page.ts'
import { soon } from './soon.ts'

const card = {
  adult: '0440050000101',
  late: '0440050000102',
  blocked: '0440050000103',
  expired: '0440050000104',
  guardian: '0440050000106',
  child: '0440050099001',
} as const
const barcodes = Array.from({ length: 14 }, (_, n) => `044005${10_000_001 + n}`)
const book = (number: number): string => barcodes[number - 1] ?? ''
const unheardOf = '04400599999999'
const ofNanshan = '04400610000001'
const wu = { username: 'wu', password: samplePassword }

let city: RunningCity
let desk: DeskPage

beforeAll(async () => {
  city = await startCity()
  desk = new DeskPage(await (await city.startDesk('A')).open())
  await desk.signIn('chen')
}, 180_000)
afterAll(() => city.stop(), 60_000)

const lendTo = async (reader: string): Promise<void> => {
  await desk.goTo('lend')
  await desk.lend.nextReaderIfAny()
  await desk.lend.scanReader(reader)
}

/** The order in which rows were answered: oldest first. */
const rowsInOrder = async (): Promise<string[]> => {
  const rows = await desk.lend
    .rows()
    .evaluateAll((found) => found.map((row) => row.getAttribute('data-barcode') ?? ''))
  return rows.toReversed()
}

describe('停借的读者', () => {
  it('扫书要另一位同事放行；此时扫的书排队等候，一册不丢', async () => {
    await lendTo(card.blocked)
    expect(await desk.lend.scanItem(book(1))).toBe('deciding')
    expect(await desk.lend.findings()).toContain('reader-blocked')
    await desk.scan(book(2))
    await desk.scan(book(3))
    const waiting = desk.page.getByTestId('scans-waiting')
    await expect.poll(() => waiting.innerText(), soon).toContain(`${book(2)}、${book(3)}`)
    expect(await desk.lend.rows().count()).toBe(1)
  })

  it('密码不对不放行，等候的照样等候', async () => {
    await desk.lend.confirmDecision({ username: 'wu', password: 'Wrong-2026!' })
    await desk.page.getByTestId('second-refused').waitFor()
    expect(await desk.lend.row(book(1)).getAttribute('data-state')).toBe('deciding')
    expect(await desk.page.getByTestId('second-username').inputValue()).toBe('wu')
    expect(await desk.page.getByTestId('scans-waiting').innerText()).toContain(book(3))
    expect(await desk.lend.rows().count()).toBe(1)
  })

  it('同级的同事也放不了行', async () => {
    await desk.lend.confirmDecision({ username: 'zhao', password: samplePassword })
    await expect.poll(() => desk.page.getByTestId('decision-confirm').isEnabled(), soon).toBe(true)
    await desk.page.getByTestId('second-refused').waitFor()
    expect(await desk.lend.row(book(1)).getAttribute('data-state')).toBe('deciding')
  })

  it('主管的账号密码正确，三册依扫描的次序办完', async () => {
    await desk.lend.confirmDecision(wu)
    expect(await desk.lend.answered(book(1))).toBe('done')
    for (const barcode of [book(2), book(3)]) {
      await desk.lend.row(barcode).and(desk.page.locator('[data-state=deciding]')).waitFor()
      await desk.lend.confirmDecision(wu)
      expect(await desk.lend.answered(barcode)).toBe('done')
    }
    expect(await rowsInOrder()).toEqual([book(1), book(2), book(3)])
    await expect.poll(() => desk.lend.loansCount().innerText(), soon).toMatch(/\b3 \//)
    expect(await desk.scansWaiting().count()).toBe(0)
  })
})

describe('借书时要问的', () => {
  it('证过期：馆员自己写明理由放行', async () => {
    await lendTo(card.expired)
    expect(await desk.lend.scanItem(book(4))).toBe('deciding')
    expect(await desk.lend.findings()).toEqual(['card-expired'])
    expect(await desk.page.getByTestId('second-person').count()).toBe(0)
    await desk.lend.confirmDecision()
    expect(await desk.lend.answered(book(4))).toBe('done')
  })

  it('书还在别人名下：还回并借出，原读者名下就没有了', async () => {
    await lendTo(card.adult)
    expect(await desk.lend.scanItem(book(5))).toBe('done')
    await lendTo(card.guardian)
    expect(await desk.lend.scanItem(book(5))).toBe('deciding')
    expect(await desk.lend.findings()).toContain('item-on-loan')
    await desk.lend.confirmDecision()
    expect(await desk.lend.answered(book(5))).toBe('done')
    await expect.poll(() => desk.lend.loansCount().innerText(), soon).toMatch(/\b1 \//)
    await desk.goTo('reader')
    await desk.reader.open(card.adult)
    expect(await desk.reader.loans().count()).toBe(0)
  })

  it('书已在本人名下：改为续借', async () => {
    await lendTo(card.guardian)
    expect(await desk.lend.scanItem(book(5))).toBe('deciding')
    expect(await desk.lend.findings()).toContain('already-on-loan-to-reader')
    await desk.lend.confirmDecision()
    expect(await desk.lend.answered(book(5))).toBe('done')
    expect((await desk.lend.lastVerdict()).text).toContain('已续借')
    await expect.poll(() => desk.lend.loansCount().innerText(), soon).toMatch(/\b1 \//)
  })

  it('条码查不到，书在手上：写明理由借出，留下一条例外', async () => {
    expect(await desk.lend.scanItem(unheardOf)).toBe('deciding')
    expect(await desk.lend.findings()).toEqual(['unknown-item'])
    expect(await desk.page.getByTestId('override-reason').inputValue()).toBe('书在手上')
    await desk.lend.confirmDecision()
    expect(await desk.lend.answered(unheardOf)).toBe('done')
    await expect.poll(() => desk.openExceptionsCount(), soon).toBe(1)
  })

  it('不办就不借，扫过的仍在眼前', async () => {
    await lendTo(card.expired)
    expect(await desk.lend.scanItem(book(6))).toBe('deciding')
    await desk.lend.leaveDecision()
    expect(await desk.lend.answered(book(6))).toBe('left')
    expect(await desk.lend.rows().count()).toBe(1)
  })

  it('Ctrl+Z 撤销刚借的一册', async () => {
    await lendTo(card.adult)
    expect(await desk.lend.scanItem(book(7))).toBe('done')
    expect(await desk.lend.scanItem(book(8))).toBe('done')
    await desk.page.keyboard.press('Control+z')
    await desk.lend.row(book(8)).and(desk.page.locator('[data-state=undone]')).waitFor()
    expect(await desk.lend.row(book(7)).getAttribute('data-state')).toBe('done')
    await expect.poll(() => desk.lend.loansCount().innerText(), soon).toMatch(/\b1 \//)
  })
})

describe('少儿办证', () => {
  const child = { card: card.child, category: '少儿证', name: '林小满', bornOn: '2018-05-01' }
  const findings = () =>
    desk.page
      .locator('.cd-register-verdict [data-finding]')
      .evaluateAll((found) => found.map((one) => one.getAttribute('data-finding')))

  it('没有监护人和同意书，办不成，两条都说清楚', async () => {
    await desk.goTo('register')
    await desk.reader.register(child)
    await desk.page.locator('[data-testid=verdict][data-tone=stop]').waitFor()
    expect(await findings()).toEqual(['guardian-missing', 'consent-missing'])
  })

  it('补上监护人和同意，办成', async () => {
    await desk.page.getByTestId('guardian-card').fill(card.guardian)
    await desk.page.getByText('监护人：黄').waitFor()
    await desk.page.getByTestId('consent').check()
    await desk.page.getByTestId('register').click()
    const verdict = desk.page.getByTestId('verdict')
    await expect.poll(() => verdict.getAttribute('data-tone'), soon).toBe('done')
  })

  it('新证马上能借书，名字先遮着', async () => {
    await lendTo(card.child)
    expect(await desk.lend.readerName()).not.toContain('林小满')
    expect(await desk.lend.scanItem(book(9))).toBe('done')
  })
})

describe('续借', () => {
  it('有超期未还，全部续借一册也续不了，每册旁边都有原因', async () => {
    await desk.goTo('reader')
    await desk.reader.open(card.late)
    const count = await desk.reader.loans().count()
    expect(count).toBe(3)
    await desk.reader.renewAll()
    await expect
      .poll(() => desk.reader.renewals().innerText(), soon)
      .toBe('续借成功 0 册，未能续借 3 册')
    for (const row of await desk.reader.loans().all()) {
      expect(await row.locator('.cd-chip').first().innerText()).toMatch(/超期/)
    }
  })

  it('能续的续，续满的说明原因', async () => {
    await lendTo(card.guardian)
    expect(await desk.lend.scanItem(book(10))).toBe('done')
    await desk.goTo('reader')
    await desk.reader.open(card.guardian)
    await desk.reader.renewAll()
    await expect
      .poll(() => desk.reader.renewals().innerText(), soon)
      .toMatch(/^续借成功 [12] 册，未能续借 1 册$/)
    expect(await desk.reader.loan(book(5)).locator('.cd-chip').innerText()).toContain('续借次数')
    expect(await desk.reader.loan(book(10)).locator('.cd-chip').count()).toBe(0)
  })
})

describe('还书去哪里', () => {
  it('南山的书在这里还：最大的字是送往南山', async () => {
    await desk.goTo('return')
    await desk.returning.scanItem(ofNanshan)
    const where = await desk.returning.whereNext()
    expect(where.route).toBe('transit')
    const sizes = await desk.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body *')]
        .filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE))
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .map((one) => ({ text: one.innerText, size: parseFloat(getComputedStyle(one).fontSize) }))
        .toSorted((one, other) => other.size - one.size),
    )
    const [largest, next] = sizes
    expect(largest?.text).toMatch(/南山/)
    expect(largest?.size).toBeGreaterThan(next?.size ?? 0)
  })

  it('超期的书还回，屏幕上和读者名下都有费用', async () => {
    await desk.goTo('reader')
    await desk.reader.open(card.late)
    const overdue = desk.page.locator('[data-testid=loan-row]:has(.cd-late)')
    const barcode = (await overdue.getAttribute('data-barcode')) ?? ''
    await desk.goTo('return')
    await desk.returning.scanItem(barcode)
    const [fee] = /¥\d+\.\d\d/.exec((await desk.returning.whereNext()).text) ?? []
    expect(fee).toBeDefined()
    await desk.goTo('reader')
    await desk.reader.open(card.late)
    expect(await desk.page.getByTestId('reader-fees').innerText()).toContain(fee)
  })

  it('登记了破损的书还回，送整理间', async () => {
    await desk.goTo('search')
    await desk.scan(book(7))
    await desk.page.getByTestId('item-card').waitFor()
    await desk.search.markDamaged('封面脱落')
    await desk.goTo('return')
    await desk.returning.scanItem(book(7))
    expect((await desk.returning.whereNext()).route).toBe('workroom')
  })

  it('Ctrl+Z 撤销刚还的一册，读者名下又有了', async () => {
    await desk.returning.scanItem(book(10))
    await desk.page.keyboard.press('Control+z')
    await desk.returning.row(book(10)).and(desk.page.locator('[data-state=undone]')).waitFor()
    await desk.goTo('reader')
    await desk.reader.open(card.guardian)
    await expect.poll(() => desk.reader.loan(book(10)).count(), soon).toBe(1)
  })
})

describe('登录', () => {
  it('连续五次输错，账号锁定，之后密码正确也进不来', async () => {
    await desk.allSent()
    await desk.signOut()
    const trouble = desk.page.getByTestId('sign-in-trouble')
    for (let time = 1; time <= 5; time += 1) {
      await desk.signInWith('lin', `wrong-${time}`)
      await expect.poll(() => desk.page.getByTestId('password').inputValue(), soon).toBe('')
      await expect.poll(() => trouble.innerText(), soon).toBe('账号或密码不对，请再试一次。')
      await expect.poll(() => desk.page.getByTestId('sign-in').isEnabled(), soon).toBe(true)
    }
    await desk.signInWith('lin', samplePassword)
    await expect.poll(() => trouble.innerText(), soon).toContain('锁定')
    expect(await desk.page.getByTestId('nav-search').count()).toBe(0)
  })

  it('别的账号不受影响', async () => {
    await desk.signIn('chen')
    expect(city.complaints).toEqual([])
  })
})
