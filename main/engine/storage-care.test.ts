/** What the desk forgets by itself, over real files. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NOW } from '../../test/builders/city.ts'
import { anOperation } from '../../test/builders/stores.ts'
import { createAnnouncer } from './announce.ts'
import { createClockWatch } from './clock-watch.ts'
import { createDiskGuard, diskLimits } from './disk-guard.ts'
import { noSync, openHeadless } from './headless.ts'
import type { Headless } from './headless.ts'
import { createStorageCare } from './storage-care.ts'

const DAY = 86_400_000
const time = { now: NOW, mono: 0 }
const clock = { now: () => time.now, monotonic: () => time.mono }
const later = (ms: number, byClock = ms): void => {
  time.mono += ms
  time.now += byClock
}
let home = ''
let desk: Headless

/** Three operations, answered and over. */
beforeEach(() => {
  Object.assign(time, { now: NOW, mono: 0 })
  home = mkdtempSync(join(tmpdir(), 'citydesk-care-'))
  desk = openHeadless(home, randomBytes(32), clock)
  const { outbox } = desk.stores
  const seqs = [1, 2, 3]
  for (const seq of seqs) {
    const prevHash = outbox.headHash()
    outbox.append(anOperation(seq, { body: { prevHash, seq } }), null)
  }
  const applied = { outcome: 'applied', positions: {}, findings: [] } as const
  outbox.saveOutcomes(
    seqs.map((seq) => ({ seq, ...applied })),
    NOW,
  )
  outbox.settle(seqs)
})
afterEach(async () => {
  await desk.close()
  rmSync(home, { recursive: true, force: true })
})

/** The first number that is kept after half a minute of the care, whatever `meanwhile` did. */
function firstKeptAfter(meanwhile: () => void): number {
  const { stores } = desk
  const care = createStorageCare({
    stores,
    clock,
    disk: createDiskGuard({ home, clock, limits: { ...diskLimits, ballast: 0 } }),
    clockWatch: createClockWatch(stores.outbox, clock),
    announcer: createAnnouncer(),
    sync: noSync(stores, clock),
  })
  care.tick()
  meanwhile()
  for (let turn = 0; turn < 40; turn += 1) {
    later(1_000)
    care.tick()
  }
  care.close()
  return stores.outbox.firstSeq()
}

test.each([
  ['91 days later: all but the head of the chain is forgotten', () => later(91 * DAY), 3],
  ['89 days later: nothing', () => later(89 * DAY), 1],
  ['the clock jumped a year ahead: nothing', () => later(DAY, 365 * DAY), 1],
])('answered operations, %s', (_says, meanwhile, first) => {
  expect(firstKeptAfter(meanwhile)).toBe(first)
})

test('answered operations, by a clock that the city has found a year ahead: nothing', () => {
  desk.stores.outbox.saveSetting('clock-offset-ms', String(-365 * DAY))
  later(365 * DAY)
  expect(firstKeptAfter(() => later(DAY))).toBe(1)
})
