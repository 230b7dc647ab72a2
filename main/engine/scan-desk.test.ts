/** What the screens are told of an identity card that a card reader read. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TopicNews } from '../../contract/topics.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import { createAnnouncer } from './announce.ts'
import { openHeadless } from './headless.ts'
import type { Headless } from './headless.ts'
import { createScanDesk } from './scan-desk.ts'
import type { ScanDesk, TakenIdCard } from './scan-desk.ts'

const bornOn = CalendarDate.parse('1949-12-31')
const card: TakenIdCard = { number: '11010519491231002X', name: '范例', bornOn }

let home: string
let city: Headless
let scans: TopicNews<'scan'>[]
let queues: TopicNews<'scan-queue'>[]
let scanDesk: ScanDesk

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-scan-'))
  city = openHeadless(home, null)
  const announcer = createAnnouncer()
  scans = []
  queues = []
  announcer.listen((topic, news) => {
    if (topic === 'scan') scans.push(news as TopicNews<'scan'>)
    if (topic === 'scan-queue') queues.push(news as TopicNews<'scan-queue'>)
  })
  scanDesk = createScanDesk(announcer, { now: () => 1, monotonic: () => 1 }, city.stores)
})
afterEach(async () => {
  await city.close()
  rmSync(home, { recursive: true, force: true })
})

it('D19 tells the number masked and hashed, as of a number that was typed, and whose card it is', () => {
  scanDesk.takeIdCard(card, 'hid')
  scanDesk.take({ text: card.number, source: 'typed', aim: null, scanId: null })
  expect(scans).toMatchObject([
    { kind: 'id-card', text: '110***********002X', holder: { name: '范例', bornOn } },
    { kind: 'id-card', text: '110***********002X', holder: null },
  ])
  expect(scans[0]?.idNumberHash).toMatch(/^[0-9a-f]{64}$/)
  expect(scans[0]?.idNumberHash).toBe(scans[1]?.idNumberHash)
})

it('D19 believes nothing of a card whose check letter is wrong', () => {
  scanDesk.takeIdCard({ ...card, number: '110105194912310021' }, 'hid')
  expect(scans).toMatchObject([{ kind: 'id-card', idNumberHash: null, holder: null }])
})

it('D19 takes the older foreigner’s card, which has no check letter', () => {
  scanDesk.takeIdCard({ ...card, number: 'ZZZ449999010203' }, 'hid')
  expect(scans).toMatchObject([{ text: 'ZZZ********0203', holder: { name: '范例' } }])
  expect(scans[0]?.idNumberHash).toMatch(/^[0-9a-f]{64}$/)
})

it('a dialog holds a card as it holds a code, and shows no number meanwhile', () => {
  scanDesk.hold(true)
  scanDesk.takeIdCard(card, 'hid')
  expect(scans).toEqual([])
  expect(queues.at(-1)).toMatchObject({ waiting: ['110***********002X'] })
  scanDesk.hold(false)
  expect(scans).toHaveLength(1)
})
