import { expect, test } from 'vitest'

import { seeded } from '../simulation/random.ts'
import { Disk } from './disk.ts'
import type { DiskRecord } from './recording.ts'

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed)

/** A file `a` (number 0) that is there for good. */
const made: readonly DiskRecord[] = [
  { op: 'name', path: 'a', file: 0 },
  { op: 'sync-folder', folder: '' },
]
const write = (text: string, offset = 0): DiskRecord => ({
  op: 'write',
  file: 0,
  offset,
  bytes: Buffer.from(text),
})
const sync: DiskRecord = { op: 'sync', file: 0 }

/** All that may be found, as text; null where the file is not. */
function foundAfter(records: readonly DiskRecord[], path = 'a'): Set<string | null> {
  const disk = new Disk()
  for (const record of records) disk.apply(record)
  return new Set(SEEDS.map((seed) => disk.cut(seeded(seed)).get(path)?.toString('latin1') ?? null))
}

test('what was synced is found, and nothing else', () => {
  expect(foundAfter([...made, write('old'), sync])).toEqual(new Set(['old']))
})

test('what was written after the last sync may be found or not', () => {
  const found = foundAfter([...made, write('old'), sync, write('new')])
  expect(found).toEqual(new Set(['old', 'new']))
})

test('a later write may be there without an earlier one, and the gap is zeros', () => {
  const found = foundAfter([...made, write('1'), write('2', 1)])
  for (const state of ['', '1', '12', '\u00002']) expect(found).toContain(state)
})

test('a write is torn at sectors and nowhere else', () => {
  const records = [...made, write('a'.repeat(1024)), sync, write('b'.repeat(1024))]
  const found = foundAfter(records)
  const sectors = ['aa', 'ab', 'ba', 'bb']
  expect(found).toEqual(
    new Set(sectors.map(([one = '', two = '']) => one.repeat(512) + two.repeat(512))),
  )
})

test('a change of size may be missing; bytes that were cut off do not come back', () => {
  const cutOff = [...made, write('secret'), sync, { op: 'resize', file: 0, size: 0 } as const]
  expect(foundAfter(cutOff)).toEqual(new Set(['secret', '']))
  expect(foundAfter([...cutOff, sync, write('!', 3)])).toEqual(new Set(['', '\0\0\0!', '\0\0\0\0']))
})

test('a name lasts once its folder was synced, and a rename is whole or not at all', () => {
  const created: DiskRecord[] = [{ op: 'name', path: 'a', file: 0 }, write('x'), sync]
  expect(foundAfter(created)).toEqual(new Set(['x', null]))
  const renamed: DiskRecord[] = [...made, write('x'), sync]
  renamed.push({ op: 'rename', from: 'a', path: 'b', file: 0 })
  const disk = new Disk()
  for (const record of renamed) disk.apply(record)
  const names = new Set(SEEDS.map((seed) => [...disk.cut(seeded(seed)).keys()].join()))
  expect(names).toEqual(new Set(['a', 'b']))
  expect(foundAfter([...renamed, { op: 'sync-folder', folder: '' }], 'b')).toEqual(new Set(['x']))
  expect(foundAfter([...made, { op: 'unname', path: 'a', file: 0 }])).toEqual(new Set(['', null]))
})

test('the same seed finds the same disk', () => {
  const disk = new Disk()
  for (const record of made) disk.apply(record)
  for (let at = 0; at < 6; at += 1) disk.apply(write(`${at}`.repeat(2000), at * 2000))
  expect(disk.cut(seeded(7))).toEqual(disk.cut(seeded(7)))
  expect(disk.cut(seeded(7))).not.toEqual(disk.cut(seeded(8)))
})
