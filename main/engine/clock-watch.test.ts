import { expect, test } from 'vitest'
import { NOW, aReader } from '../../test/builders/city.ts'
import { PASSWORD, openTestDesk } from '../../test/builders/desk.ts'
import { anOperation } from '../../test/builders/stores.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import { afterMeasurement, afterReading, createClockWatch } from './clock-watch.ts'
import type { ClockState } from './clock-watch.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const known = (highWaterMs: number, hasLast = true): ClockState => ({
  highWaterMs,
  last: hasLast ? { wallMs: highWaterMs, monoMs: 0 } : null,
  hasJumped: false,
})
const at = (wallMs: number, monoMs: number) => ({ wallMs, monoMs })

test.each([
  ['a first start', known(0, false), at(NOW, 5), false],
  ['a minute later', known(NOW), at(NOW + MINUTE, MINUTE), false],
  ['a start two minutes behind the mark', known(NOW, false), at(NOW - 2 * MINUTE, 5), false],
  ['a start further behind the mark', known(NOW, false), at(NOW - 2 * MINUTE - 1, 5), true],
  ['a start in 1970', known(NOW, false), at(0, 5), true],
  ['a start days later', known(NOW, false), at(NOW + 3 * DAY, 5), false],
  ['an hour back between two operations', known(NOW), at(NOW - 60 * MINUTE, MINUTE), true],
  ['a day ahead between two operations', known(NOW), at(NOW + DAY, MINUTE), true],
  ['three minutes that took no time', known(NOW), at(NOW + 3 * MINUTE, 0), true],
  ['the time server at work', known(NOW), at(NOW + MINUTE - 500, MINUTE), false],
  ['a machine that slept a night', known(NOW), at(NOW + DAY / 2, DAY / 2), false],
  ['a clock that stood still for ten minutes', known(NOW), at(NOW, 10 * MINUTE), true],
])('%s: suspect %#', (_name, state, now, isSuspect) => {
  expect(afterReading(state, now).isSuspect).toBe(isSuspect)
})

test('a jump stays suspect until the city has measured the clock', () => {
  const jumped = afterReading(known(NOW), at(NOW + DAY, MINUTE)).state
  const next = afterReading(jumped, at(NOW + DAY + 1, MINUTE + 1))
  expect(next.isSuspect).toBe(true)
  const measured = afterMeasurement(at(NOW + MINUTE, 2 * MINUTE))
  expect(afterReading(measured, at(NOW + 2 * MINUTE, 3 * MINUTE)).isSuspect).toBe(false)
})

test('the mark outlives the engine; an operation is a mark of its own', () => {
  const outbox = openOutbox(':memory:', null)
  const time = { now: NOW }
  const clock = { now: () => time.now, monotonic: () => time.now }
  expect(createClockWatch(outbox, clock).reading().isSuspect).toBe(false)
  time.now -= DAY
  expect(createClockWatch(outbox, clock).reading()).toMatchObject({
    wallMs: NOW - DAY,
    isSuspect: true,
  })
  createClockWatch(outbox, clock).measured()
  expect(createClockWatch(outbox, clock).reading().isSuspect).toBe(false)
  const body = { prevHash: '0'.repeat(64), wallMs: NOW }
  outbox.append(anOperation(1, { body }), null)
  expect(createClockWatch(outbox, clock).reading().isSuspect).toBe(true)
  outbox.close()
})

test('a jump is still known after a restart', () => {
  const outbox = openOutbox(':memory:', null)
  const time = { wall: NOW, mono: 0 }
  const clock = { now: () => time.wall, monotonic: () => time.mono }
  const watch = createClockWatch(outbox, clock)
  watch.reading()
  time.wall += 400 * DAY
  expect(watch.reading().isSuspect).toBe(true)
  expect(createClockWatch(outbox, clock).reading().isSuspect).toBe(true)
  outbox.close()
})

test('an operation under a suspect clock says so to the city', async () => {
  const time = { wall: NOW, mono: 0 }
  const desk = await openTestDesk({ now: () => time.wall, monotonic: () => time.mono })
  await desk.screen.ask('sign-in', { username: 'chen', password: PASSWORD })
  const bodyOf = (seq: number) => desk.engine.stores.outbox.bySeq(seq)?.body
  const lend = (n: number) =>
    desk.screen.perform('loan.check-out', {
      barcode: `0440051000000${n}`,
      card: aReader().cardNumber,
      dueOn: null,
    })
  await lend(1)
  expect(bodyOf(1)).toMatchObject({ isClockSuspect: false, wallMs: NOW })
  time.wall -= DAY
  await lend(2)
  expect(bodyOf(2)).toMatchObject({ isClockSuspect: true, wallMs: NOW - DAY })
  expect(await desk.screen.ask('storage-status')).toMatchObject({
    answer: { isClockSuspect: true },
  })
  await desk.close()
})

test('a quiet minute is saved once', () => {
  const outbox = openOutbox(':memory:', null)
  const time = { now: NOW }
  const clock = { now: () => time.now, monotonic: () => time.now }
  const watch = createClockWatch(outbox, clock)
  watch.reading()
  const mark = () => outbox.setting('clock-high-water-ms')
  expect(mark()).toBe(String(NOW))
  time.now += MINUTE - 1
  watch.reading()
  expect(mark()).toBe(String(NOW))
  time.now += 1
  watch.reading()
  expect(mark()).toBe(String(NOW + MINUTE))
  outbox.close()
})
