/** A file of two ranges and a bit, from a line that tells what it was asked for. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RANGE_BYTES } from '../../contract/sync-protocol.ts'
import { fetchFile } from './fetch-file.ts'
import { TransportFailure } from './transport.ts'

const file = Buffer.alloc(2 * RANGE_BYTES + 1_000, 'redchamber')
const ranges = [0, 1, 2].map((range) =>
  createHash('sha256')
    .update(file.subarray(range * RANGE_BYTES, (range + 1) * RANGE_BYTES))
    .digest('hex'),
)
const snapshot = { name: 'brief-1', bytes: file.length, ranges }

let folder = ''
let path = ''
let asked: [from: number, to: number][] = []
/** How long each request takes by the desk's clock, ms. */
let tookMs = 100
let now = 0
let isGiven = (_from: number): boolean => true
let given = file

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-fetch-'))
  path = join(folder, 'brief-1.zst')
  asked = []
  tookMs = 100
  isGiven = () => true
  given = file
})
afterEach(() => rmSync(folder, { recursive: true }))

const fetched = (mayGoOn = (): boolean => true): Promise<void> =>
  fetchFile(
    {
      range(_, from, to) {
        asked.push([from, to])
        now += tookMs
        return isGiven(from)
          ? Promise.resolve(given.subarray(from, to + 1))
          : Promise.reject(new TransportFailure('unreachable', 'the line went'))
      },
    },
    snapshot,
    path,
    { mayGoOn, lineIsFree: () => Promise.resolve(), clock: { monotonic: () => now } },
  )

const sizeAsked = (): number => asked.reduce((sum, [from, to]) => sum + to - from + 1, 0)

test('a quick line is asked for more and more at once, never across a range', async () => {
  await fetched()
  expect(readFileSync(path).equals(file)).toBe(true)
  expect(asked.length).toBeLessThan(8)
  const rangeOf = (at: number): number => Math.floor(at / RANGE_BYTES)
  expect(asked.every(([from, to]) => rangeOf(from) === rangeOf(to))).toBe(true)
})

test('a slow line is asked for little at once', async () => {
  tookMs = 6_000
  await fetched()
  expect(readFileSync(path).equals(file)).toBe(true)
  expect(Math.min(...asked.slice(5, -1).map(([from, to]) => to - from + 1))).toBeLessThan(100_000)
})

test('what came before the line went does not come again', async () => {
  isGiven = (from) => from < RANGE_BYTES + 2_000_000
  await expect(fetched()).rejects.toMatchObject({ reason: 'unreachable' })
  const kept = readFileSync(path).length
  expect(kept).toBeGreaterThan(RANGE_BYTES + 1_000_000)
  isGiven = () => true
  asked = []
  await fetched()
  expect(readFileSync(path).equals(file)).toBe(true)
  expect(sizeAsked()).toBe(file.length - kept)
})

test('a range of which an earlier try left something wrong comes again whole', async () => {
  const begun = Buffer.from(file.subarray(0, RANGE_BYTES + 5_000))
  begun[RANGE_BYTES + 10] = 0
  writeFileSync(path, begun)
  await fetched()
  expect(readFileSync(path).equals(file)).toBe(true)
  expect(sizeAsked()).toBe(file.length - RANGE_BYTES - 5_000 + RANGE_BYTES)
})

test('a server that tells something else is not asked for ever', async () => {
  given = Buffer.alloc(file.length, 'another')
  await expect(fetched()).rejects.toMatchObject({ reason: 'not-our-server' })
  expect(sizeAsked()).toBe(RANGE_BYTES)
  expect(readFileSync(path)).toHaveLength(0)
})

test('a file longer than promised is cut, one that is whole is not asked for', async () => {
  writeFileSync(path, Buffer.concat([file, Buffer.from('more')]))
  await fetched()
  expect(readFileSync(path).equals(file)).toBe(true)
  expect(asked).toEqual([])
})

test('stops between two pieces when it may not go on', async () => {
  await fetched(() => asked.length < 2)
  expect(asked).toHaveLength(2)
})
