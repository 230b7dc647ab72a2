import { expect, test } from 'vitest'
import { NOW } from '../../test/builders/city.ts'
import { openOutbox } from '../../db/outbox/outbox.ts'
import { openDeskClock } from './desk-clock.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A machine whose clock is `wrongBy` ms ahead of the city's, where it is NOW + `passed`. */
function aMachine(wrongBy = 0) {
  const machine = { passed: 0, wrongBy }
  const outbox = openOutbox(':memory:', null)
  const clock = {
    now: () => NOW + machine.passed + machine.wrongBy,
    monotonic: () => 5 + machine.passed,
  }
  const city = () => NOW + machine.passed
  return Object.assign(machine, { outbox, clock, city, open: () => openDeskClock(outbox, clock) })
}

test('before the first contact nothing is known', () => {
  const machine = aMachine(HOUR)
  expect(machine.open().offsetMs()).toBeNull()
  expect(machine.open().measurementsCount()).toBe(0)
})

test.each([
  ['right', 0],
  ['an hour ahead', HOUR],
  ['a day behind', -DAY],
  ['of 1970', -NOW],
])('a clock that is %s is measured by the middle of the answer', (_says, wrongBy) => {
  const machine = aMachine(wrongBy)
  const clock = machine.open()
  machine.passed = 300
  clock.answered(NOW + 150, 300)
  expect(clock.offsetMs()).toBe(0 - wrongBy)
  expect(machine.open().offsetMs()).toBe(0 - wrongBy)
})

test('each answer measures: a clock that is set right meanwhile is right with the next', () => {
  const machine = aMachine(HOUR)
  const clock = machine.open()
  clock.answered(machine.city(), 0)
  machine.wrongBy = 0
  machine.passed = MINUTE
  clock.answered(machine.city(), 40)
  expect(clock.offsetMs()).toBe(20)
  expect(clock.measurementsCount()).toBe(2)
})

test('a slow answer that contradicts nothing changes nothing; one that does is believed', () => {
  const machine = aMachine()
  const clock = machine.open()
  clock.answered(machine.city(), 10)
  machine.passed = 20_000
  // All of it on the way back.
  clock.answered(machine.city() - 19_000, 20_000)
  expect(clock.offsetMs()).toBe(5)
  machine.wrongBy = -MINUTE
  clock.answered(machine.city() - 9_000, 20_000)
  expect(clock.offsetMs()).toBe(MINUTE + 1_000)
})

test('a clock that is set back is no earlier than what the city said, and the time since', () => {
  const machine = aMachine(HOUR)
  const clock = machine.open()
  clock.answered(machine.city(), 0)
  machine.passed = 10 * MINUTE
  machine.wrongBy = -DAY
  expect(machine.clock.now() + (clock.offsetMs() ?? 0)).toBe(NOW + 10 * MINUTE)
  // Switched off for a while, the battery is dead.
  machine.passed = DAY
  machine.wrongBy = -NOW
  const next = machine.open()
  machine.passed += MINUTE
  expect(machine.clock.now() + (next.offsetMs() ?? 0)).toBe(NOW + MINUTE)
})

test('what the city says now counts, were it earlier than before', () => {
  const machine = aMachine()
  const clock = machine.open()
  clock.answered(machine.city() + DAY, 0)
  clock.answered(machine.city(), 0)
  expect(clock.offsetMs()).toBe(0)
  expect(clock.latest()).toBe(NOW)
})

test('ages go on where the clock is set back, until the city has measured it', () => {
  const machine = aMachine()
  const clock = machine.open()
  clock.answered(machine.city(), 0)
  machine.wrongBy = 2 * DAY
  machine.passed = MINUTE
  expect(clock.latest()).toBe(NOW + 2 * DAY + MINUTE)
  machine.wrongBy = 0
  machine.passed = 2 * MINUTE
  expect(clock.latest()).toBe(NOW + 2 * DAY + 2 * MINUTE)
  clock.answered(machine.city(), 0)
  expect(clock.latest()).toBe(NOW + 2 * MINUTE)
})

test('ages begin no lower than the mark of the clock, after a restart behind it', () => {
  const machine = aMachine()
  machine.open().answered(machine.city(), 0)
  machine.outbox.saveSetting('clock-high-water-ms', String(NOW + 3 * DAY))
  machine.wrongBy = -NOW
  const clock = machine.open()
  machine.passed = HOUR
  expect(clock.latest()).toBe(NOW + 3 * DAY + HOUR)
})

test.each([
  ['as it should be', 0, false],
  ['a little late', -2_000, false],
  ['sent in the future', 2_000, true],
  ['long ago', -MINUTE, true],
])('news that is %s', (_says, by, isContradicted) => {
  const machine = aMachine(HOUR)
  const clock = machine.open()
  clock.answered(machine.city(), 0)
  expect(clock.isContradictedBy(machine.city() + by)).toBe(isContradicted)
})

test.each([
  ['a minute and more', 2 * MINUTE, -2 * MINUTE],
  ['what the Date header leaves open', 30_000, 5],
])('the date of a refusal corrects %s', (_says, wrongBy, expected) => {
  const machine = aMachine()
  const clock = machine.open()
  clock.answered(machine.city() + 5, 0)
  machine.wrongBy = wrongBy
  clock.refused(machine.city())
  expect(clock.offsetMs()).toBe(expected)
})
