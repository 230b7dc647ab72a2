import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readOfflineLine } from './offline-lines.ts'

const shared = join(import.meta.dirname, '../../../../shared/data/koc')
const at = (time: string): number => Date.parse(`${time}+08:00`)

describe('.koc', () => {
  it.each([
    ['the desktop program', '2026-07-22 10-15-30 000', at('2026-07-22T10:15:30.000')],
    ['the plug-in', '2008-06-11 12:24:11 547', at('2008-06-11T12:24:11.547')],
    ['no milliseconds', '2008-06-11 12:24:11', at('2008-06-11T12:24:11')],
  ])('reads the time of %s in the zone of the city', (_says, time, happenedAt) => {
    expect(readOfflineLine(`${time}\tissue\t235\t310\r`)).toEqual({
      is: 'check-out',
      card: '235',
      barcode: '310',
      dueOn: null,
      happenedAt,
    })
  })
  it('reads a return, with the day it was', () => {
    expect(readOfflineLine('2026-07-22 00:00:01 000\treturn\t310')).toEqual({
      is: 'check-in',
      barcode: '310',
      happenedAt: at('2026-07-22T00:00:01'),
      returnedOn: '2026-07-22',
    })
  })
  it.each([
    ['a payment of nothing', '2026-07-22 10-17-45 000\tpayment\t235\t0.00', 'unusable', 'amount'],
    ['an amount in words', '2026-07-22 10-17-45 000\tpayment\t235\tfive', 'unusable', 'amount'],
    ['a negative amount', '2026-07-22 10-17-45 000\tpayment\t235\t-5.00', 'unusable', 'amount'],
    ['no card', '2026-07-22 10-17-45 000\tpayment\t\t5.00', 'unusable', 'payment-needs-card'],
    ['what no desk can do', '2026-07-22 10-17-45 000\tfly\t235', 'not-taken', 'fly'],
    [
      'a barcode too long for a label',
      `2026-07-22 10-17-45 000\treturn\t${'3'.repeat(65)}`,
      'unusable',
      'return-needs-item',
    ],
    ['no item', '2026-07-22 10-17-45 000\tissue\t235', 'unusable', 'issue-needs-card-and-item'],
    ['no action', '2026-07-22 10-17-45 000', 'unusable', 'action-missing'],
    ['a day that is none', '2026-02-30 10-17-45 000\treturn\t1', 'unusable', 'time'],
    ['an hour that is none', '2026-02-20 24-17-45 000\treturn\t1', 'unusable', 'time'],
    ['another file', 'hello', 'unusable', 'not-of-this-format'],
    ['a version to come', 'Version=2.0\tGenerator=x', 'unusable', 'koc-version'],
  ])('%s', (_says, line, is, reason) => {
    expect(readOfflineLine(line)).toMatchObject({ is, reason })
  })
  it.each([
    ['5.00', 500],
    ['1.05', 105],
    ['0.3', 30],
    ['12', 1200],
  ])('reads a payment of %s', (amount, amountFen) => {
    const happenedAt = at('2026-07-22T10:17:45')
    const line = readOfflineLine(`2026-07-22 10-17-45 000\tpayment\t235\t${amount}`)
    expect(line).toEqual({ is: 'payment', card: '235', amountFen, happenedAt })
  })
  it('knows its header, a byte order mark before it', () => {
    expect(readOfflineLine('\ufeffVersion=1.0\tGenerator=kocPHP')).toEqual({ is: 'header' })
  })
})

describe('pending.xacts', () => {
  const timestamp = at('2026-07-22T10:15:30') / 1000
  it('reads a lending; `delta` sets the clock right', () => {
    const line = { timestamp, delta: '-60', type: 'checkout', barcode: 310, patron_barcode: '235' }
    expect(readOfflineLine(JSON.stringify({ ...line, due_date: '2026-08-12T23:59' }))).toEqual({
      is: 'check-out',
      card: '235',
      barcode: '310',
      dueOn: '2026-08-12',
      happenedAt: at('2026-07-22T10:14:30'),
    })
  })
  it('reads a return of an earlier day', () => {
    const line = { timestamp, type: 'checkin', barcode: '310', backdate: '2026-07-20' }
    expect(readOfflineLine(JSON.stringify(line))).toEqual({
      is: 'check-in',
      barcode: '310',
      happenedAt: timestamp * 1000,
      returnedOn: '2026-07-20',
    })
  })
  it.each([
    [
      'renew',
      { patron_barcode: '235', due_date: '2026-08-12' },
      { is: 'renewal', card: '235', dueOn: '2026-08-12' },
    ],
    ['renew', {}, { is: 'renewal', card: null, dueOn: null }],
    ['in_house_use', { count: '2' }, { is: 'in-house', usesCount: 2 }],
    ['in_house_use', {}, { is: 'in-house', usesCount: 1 }],
  ])('reads %s %j', (type, parts, expected) => {
    const line = { timestamp, type, barcode: '310', ...parts }
    expect(readOfflineLine(JSON.stringify(line))).toMatchObject({ barcode: '310', ...expected })
  })
  it.each([
    ['renew', {}, 'unusable', 'renew-needs-item'],
    ['in_house_use', {}, 'unusable', 'use-needs-item'],
    ['register', { user: {} }, 'not-taken', 'register'],
    ['checkout', { noncat: 1, patron_barcode: '235' }, 'not-taken', 'noncat'],
    ['checkout', { barcode: '310' }, 'unusable', 'checkout-needs-card-and-item'],
    ['checkin', {}, 'unusable', 'checkin-needs-item'],
  ])('%s %j', (type, parts, is, reason) => {
    const line = JSON.stringify({ timestamp, type, ...parts })
    expect(readOfflineLine(line)).toMatchObject({ is, reason })
  })
  it('a line cut off', () => {
    expect(readOfflineLine('{"timestamp":17')).toMatchObject({ reason: 'not-of-this-format' })
  })
})

describe.skipIf(!existsSync(shared))(`published files (skipped where ${shared} is absent)`, () => {
  it.each([
    ['desktop-readme-example.koc', ['header', 'check-out', 'check-in', 'payment']],
    [
      'koha-wiki-example.koc',
      ['header', 'check-out', 'check-out', 'check-in', 'check-in', 'payment', 'payment'],
    ],
  ])('%s', (name, expected) => {
    const lines = readFileSync(join(shared, name), 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => readOfflineLine(line).is)).toEqual(expected)
  })
})
