import { expect, test } from 'vitest'
import { createScanFeed, createScanHolds } from './scan-feed.ts'
import type { ScanNews } from './scan-feed.ts'

const scan = (text: string, kind: ScanNews['kind']): ScanNews => ({
  number: 1,
  text,
  kind,
  alsoKinds: [],
  idNumberHash: null,
  addOn: null,
  holder: null,
  source: 'hid',
  scanId: null,
  at: 0,
})

test('a scan goes to the screen opened last, then below, then to the fallback', () => {
  const feed = createScanFeed()
  const seen: string[] = []
  feed.fallBackTo(({ text }) => seen.push(`fallback ${text}`))
  feed.consume(({ text, kind }) => kind === 'item' && seen.push(`screen ${text}`) > 0)
  const close = feed.consume(({ text }) => text === '2' && seen.push(`panel ${text}`) > 0)

  feed.publish(scan('1', 'item'))
  feed.publish(scan('2', 'item'))
  close()
  feed.publish(scan('2', 'item'))
  feed.publish(scan('3', 'isbn'))

  expect(seen).toEqual(['screen 1', 'panel 2', 'screen 2', 'fallback 3'])
})

test('a scan that is entered again after a broken connection is taken once', () => {
  const feed = createScanFeed()
  const seen: string[] = []
  feed.consume(({ text }) => seen.push(text) > 0)
  const entered = (scanId: string | null) => ({ ...scan('1', 'item'), scanId })
  for (const scanId of ['a', 'a', 'b', null, null]) feed.publish(entered(scanId))
  expect(seen).toEqual(['1', '1', '1', '1'])
  for (let more = 0; more < 200; more += 1) feed.publish(entered(`more ${more}`))
  feed.publish(entered('more 199'))
  expect(seen).toHaveLength(204)
})

test('two dialogs hold once and let go once', () => {
  const told: boolean[] = []
  const holds = createScanHolds((isHeld) => told.push(isHeld))
  const one = holds.hold()
  const other = holds.hold()
  one()
  one()
  expect(holds.isHeld()).toBe(true)
  other()
  expect(told).toEqual([true, false])
})
