import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { NOW, aBib, aTitle } from '../../test/builders/city.ts'
import { createAnnouncer } from '../engine/announce.ts'
import { openHeadless } from '../engine/headless.ts'
import type { Headless } from '../engine/headless.ts'
import { settleRefused } from './apply-entries.ts'

const { id: _title, ...title } = aTitle({ controlNumber: '022026000001' })
const { id: _bib, ...bib } = aBib()
const clock = { now: () => NOW, monotonic: () => 0 }

let home = ''
let desk: Headless
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-entries-'))
  desk = openHeadless(home, null, clock)
})
afterEach(async () => {
  await desk.close()
  rmSync(home, { recursive: true, force: true })
})

const titles = (): number => desk.stores.catalogue.titlesByControlNumber('022026000001').length

test('the titles of an import that the city refuses leave the desk', () => {
  desk.submitImport([{ title, bib, items: [] }], 'new.iso')
  expect(titles()).toBe(1)
  desk.stores.outbox.saveOutcomes([{ seq: 1, outcome: 'refused', positions: {}, findings: [] }])
  settleRefused(desk.stores, createAnnouncer())
  expect(titles()).toBe(0)
  expect(desk.stores.outbox.unsettled()).toEqual([])
})

test('the titles of an import that is undone leave the desk while both are pending', () => {
  desk.submitImport([{ title, bib, items: [] }], 'new.iso')
  const operation = desk.stores.outbox.bySeq(1)?.id
  const payload = { operation, reason: null }
  desk.perform({ kind: 'operation.undo', payload, overrides: [], isDryRun: false })
  expect(desk.stores.outbox.lastSeq()).toBe(2)
  expect(titles()).toBe(0)
})
