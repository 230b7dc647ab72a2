import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { UnusableInput } from '../command.ts'
import type { CommandEnvironment, OptionValues } from '../command.ts'
import { withDesk } from '../with-desk.ts'
import { offlineImport } from './offline-import.ts'

const CARD = '0440050000123'
const HEADER = 'Version=1.0\tGenerator=kocDesktop\tGeneratorVersion=2.0.0'
let folder: string
let environment: CommandEnvironment

interface Answer {
  readonly lines: readonly {
    readonly line: number
    readonly id: string | null
    readonly outcome: string
    readonly reason: string | null
    readonly verdict: readonly { readonly code: string }[]
  }[]
  readonly done: number
  readonly repeated: number
  readonly refused: number
}

async function take(lines: readonly string[], values: OptionValues = {}) {
  const { exit, json } = await offlineImport.run([fileOf('a.koc', lines)], values, environment)
  return { exit, ...(json as Answer) }
}
function fileOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\r\n'))
  return path
}
const outcomes = ({ lines }: Answer): string[] => lines.map(({ outcome }) => outcome)
const act = (kind: string, payload: object) =>
  withDesk(environment, async (desk) =>
    desk.perform({ kind, payload, overrides: [], isDryRun: false }),
  )
const loansOf = (barcode: string) =>
  withDesk(environment, async ({ stores: { replica } }) => {
    const [item] = replica.rows.find('itemByBarcode', [barcode])
    return replica.rows.find('loansOfItem', [item?.id ?? ''])
  })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-offline-'))
  environment = {
    env: { CITYDESK_KEYS: join(folder, 'keys') },
    home: join(folder, 'home'),
    isJson: true,
    stdin: process.stdin,
    log: () => undefined,
    signal: new AbortController().signal,
  }
  const registered = await act('reader.register', {
    card: CARD,
    name: '周敏',
    category: 'lidu',
    bornOn: '1990-01-01',
    phone: null,
    idNumberHash: null,
    guardianReaderId: null,
    hasGuardianConsent: false,
    note: null,
  })
  if (registered.outcome !== 'done') throw new Error(registered.outcome)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('citydesk offline import', () => {
  const story = [
    HEADER,
    `2026-07-22 10-15-30 000\tissue\t${CARD}\t31000000123456`,
    'garbled',
    '2026-07-22 10-16-02 000\treturn\t31000000654321',
    `2026-07-22 10-17-45 000\tpayment\t${CARD}\t5.00`,
  ]

  it('takes what it can and names every other line', async () => {
    const answer = await take(story)
    expect(answer).toMatchObject({ exit: 1, done: 2, repeated: 0, refused: 2 })
    expect(answer.lines.map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
      [2, 'needs-override', null],
      [3, 'unusable', 'not-of-this-format'],
      [4, 'done', null],
      [5, 'done', null],
    ])
    expect(answer.lines[0]?.verdict).toEqual([
      { level: 'override', code: 'unknown-item', rule: 'L1' },
    ])
  })
  it('takes a line once, also from a copy of the file', async () => {
    const first = await take(story)
    const { exit, json } = await offlineImport.run(
      [fileOf('copy.koc', story.slice(0, 4))],
      { override: '脱机时已借出' },
      environment,
    )
    const again = json as Answer
    expect([exit, ...outcomes(again)]).toEqual([1, 'done', 'unusable', 'repeated'])
    expect(again.lines[2]?.id).toBe(first.lines[2]?.id)
    expect(outcomes(await take(story))).toEqual(['repeated', 'unusable', 'repeated', 'repeated'])
  })
  it('lends and takes back what went out and came in within one file', async () => {
    const answer = await take(
      [
        `2026-07-22 10-15-30 000\tissue\t${CARD}\t31000000123456`,
        '2026-07-23 10-15-30 000\treturn\t31000000123456',
      ],
      { override: '脱机时已借出' },
    )
    expect([answer.exit, ...outcomes(answer)]).toEqual([0, 'done', 'done'])
    expect(await loansOf('31000000123456')).toEqual([
      expect.objectContaining({ returnedAt: expect.any(Number) }),
    ])
  })
  it('X2 leaves alone what moved on this desk after the time of the file', async () => {
    await act('loan.check-in', { barcode: '31000000123456', returnedOn: null })
    const lines = [`2026-07-22 10-15-30 000\tissue\t${CARD}\t31000000123456`]
    expect(await take(lines)).toMatchObject({ exit: 0, lines: [{ outcome: 'done' }] })
    expect(await loansOf('31000000123456')).toEqual([
      expect.objectContaining({
        lentAt: Date.parse('2026-07-22T10:15:30+08:00'),
        dueOn: '2026-08-22',
        returnedAt: expect.any(Number),
      }),
    ])
  })
  it('records what broke rules where it is told to', async () => {
    const answer = await take(story.slice(0, 2), { record: true })
    expect(answer).toMatchObject({ exit: 0, done: 1, lines: [{ outcome: 'done' }] })
    expect(answer.lines[0]?.verdict).toEqual([
      { level: 'override', code: 'unknown-item', rule: 'L1' },
    ])
    expect(await loansOf('31000000123456')).toHaveLength(1)
  })
  it('merges several files by time', async () => {
    const second = fileOf('pending.xacts', [
      JSON.stringify({
        timestamp: Date.parse('2026-07-22T09:00:00+08:00') / 1000,
        type: 'checkout',
        barcode: '31000000123456',
        patron_barcode: CARD,
      }),
    ])
    const first = fileOf('a.koc', ['2026-07-22 10-15-30 000\treturn\t31000000123456'])
    const { exit, json } = await offlineImport.run([first, second], { override: 'x' }, environment)
    expect([exit, ...outcomes(json as Answer)]).toEqual([0, 'done', 'done'])
    expect((await loansOf('31000000123456'))[0]).toMatchObject({ returnedAt: expect.any(Number) })
  })
  it('writes nothing in a dry run', async () => {
    const answer = await take(story, { 'dry-run': true })
    expect(outcomes(answer)).toEqual(['needs-override', 'unusable', 'dry-run', 'dry-run'])
    const answered = await take(story, { 'dry-run': true, override: '脱机时已借出' })
    expect(outcomes(answered)).toEqual(['dry-run', 'unusable', 'dry-run', 'dry-run'])
    const unknown = await take(['2026-07-22 10-15-30 000\tissue\t9\t31'], { 'dry-run': true })
    // L2: the card may be good in another service point.
    expect(unknown).toMatchObject({ exit: 1, done: 0, lines: [{ outcome: 'needs-override' }] })
    expect(unknown.lines[0]?.verdict.map(({ code }) => code)).toContain('unknown-reader')
    await withDesk(environment, async ({ stores }) => expect(stores.outbox.lastSeq()).toBe(1))
  })
  it.each([
    ['no file', [], {}],
    ['a file of something else', ['x.txt'], {}],
    ['an empty reason', ['a.koc'], { override: ' ' }],
    ['two answers', ['a.koc'], { override: 'x', record: true }],
  ])('cannot be used with %s', async (_says, names, values) => {
    const paths = names.map((name) => fileOf(name, ['hello', 'there']))
    await expect(offlineImport.run(paths, values, environment)).rejects.toThrow(UnusableInput)
  })
})
