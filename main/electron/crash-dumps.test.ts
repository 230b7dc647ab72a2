import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ageOutDumps } from './crash-dumps.ts'

const DAY_S = 24 * 60 * 60

test('dumps older than a week go, younger ones and other files stay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'citydesk-dumps-'))
  mkdirSync(join(folder, 'pending'))
  const nowS = 1_800_000_000
  const files: [string, number][] = [
    ['pending/old.dmp', 8],
    ['pending/young.dmp', 6],
    ['older.dmp', 30],
    ['settings.dat', 30],
  ]
  for (const [name, days] of files) {
    writeFileSync(join(folder, name), '')
    utimesSync(join(folder, name), nowS - days * DAY_S, nowS - days * DAY_S)
  }
  expect(ageOutDumps(folder, nowS * 1000)).toBe(2)
  expect(
    readdirSync(folder, { recursive: true })
      .map(String)
      .toSorted((a, b) => (a < b ? -1 : 1)),
  ).toEqual(['pending', join('pending', 'young.dmp'), 'settings.dat'])
  rmSync(folder, { recursive: true })
})

test('a desk that never crashed has no folder', () => {
  expect(ageOutDumps(join(tmpdir(), 'citydesk-no-such-folder'), 0)).toBe(0)
})
