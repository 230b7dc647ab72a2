/** What the desk does with the tags on its pads: real databases, real operations. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TopicNews } from '../../contract/topics.ts'
import type { PadEvent, TagJob } from '../../devices/rfid/pad-events.ts'
import { put } from '../../domain/change.ts'
import { encodeLibraryElements, usualLayout } from '../../domain/rfid/encode-iso-28560-2.ts'
import { noElements, setInfoText } from '../../domain/rfid/tag-elements.ts'
import { AFI_IN_STOCK, AFI_ON_LOAN } from '../../domain/rfid/tag-security.ts'
import { NOW, aReader } from '../../test/builders/city.ts'
import { localCity } from '../../test/builders/desk.ts'
import { createAnnouncer } from './announce.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import { openHeadless } from './headless.ts'
import type { Headless } from './headless.ts'
import { PadDesk } from './pad-desk.ts'
import { createScanDesk } from './scan-desk.ts'

const barcode = (n: number): string => `0440051000000${n}`
const time = { now: NOW }
const clock: Clock = { now: () => time.now, monotonic: () => time.now - NOW }

let home: string
let city: Headless
let announcer: Announcer
let padDesk: PadDesk
let scans: string[]
let jobs: TagJob[]
let isOnline: boolean

const openPadDesk = (): void => {
  announcer = createAnnouncer()
  scans = []
  jobs = []
  announcer.listen((topic, news) => {
    if (topic === 'scan') scans.push((news as TopicNews<'scan'>).text)
  })
  const scanDesk = createScanDesk(announcer, clock, city.stores)
  padDesk = new PadDesk({
    announcer,
    scanDesk,
    clock,
    stores: city.stores,
    isOnline: () => isOnline,
  })
  padDesk.useHost((job) => {
    jobs.push(job)
  })
}

beforeEach(async () => {
  time.now = NOW
  isOnline = true
  home = mkdtempSync(join(tmpdir(), 'citydesk-pad-'))
  city = openHeadless(home, null, clock)
  city.stores.replica.applyPage({
    entries: [{ scope: 'branch:local', number: 1, changes: await localCity() }],
    settled: [],
    redecide: () => [],
  })
  openPadDesk()
})
afterEach(async () => {
  await city.close()
  rmSync(home, { recursive: true, force: true })
})

interface Laid {
  readonly uid?: string
  readonly afi?: number
  readonly pad?: string
  readonly usage?: string
  readonly set?: { readonly part: number; readonly parts: number }
}

const layDown = (
  n: number,
  { uid = `uid-${n}`, afi = 7, pad = 'pad', usage, set }: Laid = {},
): void => {
  const elements = {
    ...noElements,
    primaryItemId: barcode(n),
    ownerIsil: 'CN-440300',
    typeOfUsage: usage ?? null,
    setInfo: set === undefined ? null : setInfoText(set),
  }
  const encoded = encodeLibraryElements(elements, { ...usualLayout, memoryBytes: 112 })
  const memory = encoded.ok ? encoded.bytes : new Uint8Array()
  const tag = { uid, memory, afi, dsfid: 6, blockCount: 28, blockBytes: 4 }
  padDesk.hear({ kind: 'tag-on', pad, at: time.now, tag, isReturn: false })
}
const lift = (n: number): void => padDesk.hear({ kind: 'tag-off', pad: 'pad', uid: `uid-${n}` })
const secured = (n: number, wantedAfi: number, outcome: 'done' | 'away' | 'failed'): void =>
  padDesk.hear({
    kind: 'tag-secured',
    uid: `uid-${n}`,
    wantedAfi,
    outcome,
    previousAfi: null,
  } satisfies PadEvent)

const lend = (n: number): string => {
  const payload = { barcode: barcode(n), card: aReader().cardNumber, dueOn: null }
  const request = { kind: 'loan.check-out', payload, overrides: [], isDryRun: false }
  const { outcome } = city.perform(request)
  announcer.announce('changed', { kinds: ['item', 'loan'], ids: [], operations: true })
  return outcome
}
const takeBack = (n: number): string => {
  const payload = { barcode: barcode(n), returnedOn: null }
  const request = { kind: 'loan.check-in', payload, overrides: [], isDryRun: false }
  const { outcome } = city.perform(request)
  announcer.announce('changed', { kinds: ['item', 'loan'], ids: [], operations: true })
  return outcome
}

describe('scanning', () => {
  it('scans each item once for a visit, and again when it is brought anew', () => {
    layDown(1)
    layDown(2)
    expect(scans).toEqual([barcode(1), barcode(2)])
    lift(1)
    time.now += 3_000
    layDown(1)
    expect(scans).toHaveLength(2)
    lift(1)
    time.now += 30_000
    layDown(1)
    expect(scans).toEqual([barcode(1), barcode(2), barcode(1)])
  })

  it('offers what lies there to a reader who comes later, but not what was lent already', () => {
    layDown(1)
    layDown(2)
    lend(1)
    expect(padDesk.offer([barcode(1), barcode(2), barcode(3)])).toBe(1)
    expect(scans.at(-1)).toBe(barcode(2))
  })

  it('case 46: two tags with one item are shown, and neither is scanned', () => {
    layDown(1, { uid: 'uid-1' })
    expect(scans).toHaveLength(1)
    layDown(1, { uid: 'uid-twin' })
    expect(scans).toHaveLength(1)
    expect(padDesk.status().tags.map(({ trouble }) => trouble)).toEqual([
      'two-of-one-item',
      'two-of-one-item',
    ])
    expect(padDesk.offer([barcode(1)])).toBe(0)
  })

  it('case 45: two parts of three wait, the missing one is named, and staff may take them', () => {
    layDown(1, { uid: 'uid-1', set: { part: 1, parts: 3 } })
    layDown(1, { uid: 'uid-3', set: { part: 3, parts: 3 } })
    expect(scans).toEqual([])
    expect(padDesk.status().tags[0]).toMatchObject({ trouble: 'parts-missing', missingParts: [2] })
    expect(padDesk.takeParts(barcode(2))).toBe(false)
    expect(padDesk.takeParts(barcode(1))).toBe(true)
    expect(scans).toEqual([barcode(1)])
  })

  it('case 45: with its last part the set is scanned, once', () => {
    for (const part of [1, 3, 2]) layDown(1, { uid: `uid-${part}`, set: { part, parts: 3 } })
    expect(scans).toEqual([barcode(1)])
  })

  it('shows a blank tag, and one that cannot be read', () => {
    const image = { uid: 'blank', afi: 0, dsfid: 0, blockCount: 28, blockBytes: 4 }
    const tag = { ...image, memory: new Uint8Array(112) }
    padDesk.hear({ kind: 'tag-on', pad: 'pad', at: time.now, tag, isReturn: false })
    padDesk.hear({ kind: 'tag-unreadable', pad: 'pad', uid: 'uid-9' })
    expect(padDesk.status().tags.map(({ trouble }) => trouble)).toEqual(['blank', 'unreadable'])
    expect(scans).toEqual([])
  })
})

describe('security', () => {
  it('follows the loan, is written down before the pad is asked, and struck out when read back', () => {
    layDown(1)
    expect(lend(1)).toBe('done')
    expect(jobs).toEqual([{ kind: 'secure', uid: 'uid-1', afi: AFI_ON_LOAN, isArmed: false }])
    expect(padDesk.status().debts).toMatchObject([{ barcode: barcode(1), wanted: 'on-loan' }])
    secured(1, AFI_ON_LOAN, 'done')
    expect(padDesk.status()).toMatchObject({ debts: [], repaired: null })
    expect(padDesk.status().tags[0]).toMatchObject({ security: 'on-loan' })
    expect(takeBack(1)).toBe('done')
    expect(jobs.at(-1)).toEqual({ kind: 'secure', uid: 'uid-1', afi: AFI_IN_STOCK, isArmed: true })
  })

  it('case 38: lifted too early it is owed, over a restart, and paid on another pad, once', async () => {
    layDown(1)
    lift(1)
    lend(1)
    secured(1, AFI_ON_LOAN, 'away')
    expect(padDesk.status().debts).toHaveLength(1)
    await city.close()
    city = openHeadless(home, null, clock)
    openPadDesk()
    expect(padDesk.status().debts).toMatchObject([{ uid: 'uid-1', wanted: 'on-loan' }])
    layDown(1, { pad: 'another' })
    expect(jobs).toEqual([{ kind: 'secure', uid: 'uid-1', afi: AFI_ON_LOAN, isArmed: false }])
    // It is no second loan: the reader brought it back for the gate's sake.
    expect(scans).toEqual([])
    secured(1, AFI_ON_LOAN, 'done')
    expect(padDesk.status()).toMatchObject({ debts: [], repaired: { barcode: barcode(1) } })
  })

  it('case 39: an operation that is refused leaves the tag as it was', () => {
    layDown(1, { afi: AFI_IN_STOCK })
    const payload = { barcode: barcode(1), card: '0440059999999', dueOn: null }
    const request = { kind: 'loan.check-out', payload, overrides: [], isDryRun: false }
    expect(city.perform(request).outcome).not.toBe('done')
    announcer.announce('changed', { kinds: ['item'], ids: [], operations: true })
    expect(jobs).toEqual([])
    expect(padDesk.status().debts).toEqual([])
  })

  it('case 40: what the tag does not take stays owed, and says so', () => {
    layDown(1)
    lend(1)
    secured(1, AFI_ON_LOAN, 'failed')
    expect(padDesk.status().debts).toMatchObject([{ hasFailed: true }])
  })

  it('leaves a tag alone that says neither of the two values', () => {
    layDown(1, { afi: 0x00 })
    lend(1)
    expect(jobs).toEqual([])
    expect(padDesk.status()).toMatchObject({ debts: [], tags: [{ security: 'unknown' }] })
  })

  it('lent and returned at once: what is carried out late does not pay what is owed now', () => {
    layDown(1)
    lend(1)
    takeBack(1)
    secured(1, AFI_ON_LOAN, 'done')
    expect(padDesk.status().debts).toMatchObject([{ wanted: 'in-stock' }])
    secured(1, AFI_IN_STOCK, 'done')
    expect(padDesk.status().debts).toEqual([])
  })
})

describe('security, known to the city', () => {
  const chip = 'e004015012345678'
  const told: string[] = []
  const debts = () => city.stores.replica.rows.select('tag-debt', '')
  const secureChip = (wantedAfi: number): void =>
    padDesk.hear({
      kind: 'tag-secured',
      uid: chip,
      wantedAfi,
      outcome: 'done',
      previousAfi: null,
    })
  const useCity = (isSignedIn = (): boolean => true): void => {
    told.splice(0)
    padDesk.useCity((request) => {
      if (!isSignedIn()) return false
      told.push(request.kind)
      city.perform({ ...request, overrides: [], isDryRun: false })
      return true
    })
  }
  const owedElsewhere = (wanted: 'in-stock' | 'on-loan', since = time.now): void => {
    const debt = { id: chip, barcode: barcode(1), wanted, branchId: 'branch-2', since }
    const changes = [put('tag-debt', debt as never)]
    city.stores.replica.applyPage({
      entries: [{ scope: 'branch:local', number: 2, changes }],
      settled: [],
      redecide: () => [],
    })
  }

  it('G1 G2 a book lifted too early is told once, and settled when it was put right', () => {
    useCity()
    layDown(1, { uid: chip })
    padDesk.hear({ kind: 'tag-off', pad: 'pad', uid: chip })
    lend(1)
    expect(told).toEqual(['tag.owe'])
    expect(debts()).toMatchObject([{ id: chip, barcode: barcode(1), wanted: 'on-loan' }])
    layDown(1, { uid: chip })
    secureChip(AFI_ON_LOAN)
    expect(told).toEqual(['tag.owe', 'tag.settle'])
    expect(debts()).toEqual([])
    expect(padDesk.status().debts).toEqual([])
  })

  it('G1 what is put right while it lies there is nobody else’s business', () => {
    useCity()
    layDown(1, { uid: chip })
    lend(1)
    secureChip(AFI_ON_LOAN)
    expect(told).toEqual([])
  })

  it('G1 with nobody signed in it is told by whoever signs in next', () => {
    let isSignedIn = false
    useCity(() => isSignedIn)
    layDown(1, { uid: chip })
    padDesk.hear({ kind: 'tag-off', pad: 'pad', uid: chip })
    lend(1)
    expect(debts()).toEqual([])
    isSignedIn = true
    announcer.announce('session', { isSignedIn: true })
    announcer.announce('session', { isSignedIn: true })
    expect(told).toEqual(['tag.owe'])
  })

  it('G2 what another desk owes is put right on this pad, and said; it is no second loan', () => {
    useCity()
    owedElsewhere('on-loan')
    lend(1)
    expect(padDesk.status().debts).toMatchObject([
      { uid: chip, barcode: barcode(1), toldByBranchId: 'branch-2' },
    ])
    layDown(1, { uid: chip })
    expect(jobs).toEqual([{ kind: 'secure', uid: chip, afi: AFI_ON_LOAN, isArmed: false }])
    expect(scans).toEqual([])
    secureChip(AFI_ON_LOAN)
    expect(told).toEqual(['tag.settle'])
    expect(padDesk.status()).toMatchObject({ debts: [], repaired: { barcode: barcode(1) } })
  })

  it('G2 a day later it comes to be returned, and is scanned', () => {
    useCity()
    owedElsewhere('on-loan', time.now - 86_400_000)
    lend(1)
    layDown(1, { uid: chip })
    expect(jobs).toHaveLength(1)
    expect(scans).toEqual([barcode(1)])
  })

  it.each([
    ['its item was returned since', { afi: AFI_ON_LOAN }, 'on-loan' as const],
    ['it says neither of the two values', { afi: 0x00 }, 'in-stock' as const],
  ])('G2 leaves the tag alone where %s', (_, laid, wanted) => {
    useCity()
    owedElsewhere(wanted)
    expect(debts()).toHaveLength(1)
    layDown(1, { uid: chip, ...laid })
    expect(jobs).toEqual([])
  })

  it('G2 opens the gate for no book that this desk does not know', () => {
    useCity()
    owedElsewhere('on-loan')
    const tag = { uid: chip, afi: 7, dsfid: 6, blockCount: 28, blockBytes: 4 }
    const image = { ...tag, memory: new Uint8Array(112) }
    padDesk.hear({ kind: 'tag-on', pad: 'pad', at: time.now, tag: image, isReturn: false })
    expect(jobs).toEqual([])
  })

  it('G1 a book lent at another desk long after it lay here is no debt of this one', () => {
    useCity()
    layDown(1, { uid: chip })
    padDesk.hear({ kind: 'tag-off', pad: 'pad', uid: chip })
    time.now += 600_000
    lend(1)
    expect(told).toEqual([])
    expect(padDesk.status().debts).toEqual([])
  })
})

describe('what a tag forbids without a line', () => {
  it.each([
    ['13', false, 'not-offline'],
    ['14', false, null],
    ['15', false, 'not-offline'],
    ['10', false, null],
    ['13', true, 'not-offline'],
    ['14', true, 'not-offline'],
    ['15', true, 'not-offline'],
    ['10', true, null],
  ] as const)('G3 usage %s, its item on loan: %s', (usage, isLent, trouble) => {
    if (isLent) lend(1)
    isOnline = false
    layDown(1, { usage, afi: isLent ? AFI_ON_LOAN : AFI_IN_STOCK })
    expect(padDesk.status().tags[0]?.trouble).toBe(trouble)
    expect(scans).toEqual(trouble === null ? [barcode(1)] : [])
  })

  it('G3 is done when the line is back', () => {
    isOnline = false
    layDown(1, { usage: '13' })
    isOnline = true
    announcer.announce('sync-status', {} as never)
    expect(scans).toEqual([barcode(1)])
    expect(padDesk.status().tags[0]?.trouble).toBe(null)
  })

  it('G3 means nothing with a line', () => {
    layDown(1, { usage: '15' })
    expect(scans).toEqual([barcode(1)])
  })
})
