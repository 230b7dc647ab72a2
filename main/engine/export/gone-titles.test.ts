/** What left since the last export is told to whoever keeps the same records. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { put, remove } from '../../../domain/change.ts'
import { writeRecord } from '../../../domain/marc/iso2709-writer.ts'
import type { MarcField } from '../../../domain/marc/marc-record.ts'
import { aBib, aTitle } from '../../../test/builders/city.ts'
import { openHeadless } from '../headless.ts'
import type { Headless } from '../headless.ts'
import { importFile } from '../import/import-file.ts'
import { textEncoder } from '../import/text-decoders.ts'
import { exportTitles } from './export-titles.ts'
import type { ExportForm } from './export-titles.ts'
import { mergedIntoOf } from './merged-into.ts'

let home: string
let desk: Headless
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-gone-'))
  desk = openHeadless(home, null)
})
afterEach(async () => {
  await desk.close()
  rmSync(home, { recursive: true, force: true })
})

const data = (tag: string, value: string): MarcField => ({
  tag,
  indicators: '1 ',
  subfields: [{ code: 'a', value }],
})

function bytesOf(number: number, title: string): Uint8Array {
  const fields = [{ tag: '001', value: `cn${number}` }, data('101', 'chi'), data('200', title)]
  const leader = '00000nam0 2200000   450 '
  const written = writeRecord({ leader, fields }, textEncoder('utf-8'))
  if ('refused' in written) throw new Error(written.refused.reason)
  return written.bytes
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const takeIn = (bytes: Uint8Array) =>
  importFile({
    format: 'auto',
    profile: 'auto',
    encoding: 'auto',
    isDryRun: false,
    stream: whole(bytes),
    submit: async (batch) => desk.submitImport(batch, 'a.mrc'),
  })

const iso2709: ExportForm = { format: 'iso2709', encoding: 'utf-8', profile: 'as-held' }

async function exportedSince(since: number, form: ExportForm = iso2709) {
  const pieces: Uint8Array[] = []
  const { catalogue, replica } = desk.stores
  const report = await exportTitles({
    catalogue,
    mergedInto: mergedIntoOf(replica.row),
    selection: { of: 'changes', since },
    form,
    put: async (bytes) => {
      pieces.push(bytes)
    },
  })
  return { bytes: Buffer.concat(pieces), report }
}

const idOf = (number: string): string =>
  desk.stores.catalogue.titlesByControlNumber(number)[0]?.id ?? ''

function perform(kind: string, payload: unknown) {
  const receipt = desk.perform({ kind, payload, overrides: [], isDryRun: false })
  expect(receipt.outcome).toBe('done')
  return receipt.operationId
}

async function later(): Promise<number> {
  await setTimeout(2)
  return Date.now()
}

it('a title that was merged away, into what, and back again when that is undone', async () => {
  await takeIn(Buffer.concat([bytesOf(1, '活着'), bytesOf(2, '活着（重）'), bytesOf(3, '兄弟')]))
  const since = await later()
  const [keep, merge] = [idOf('cn1'), idOf('cn2')]
  const went = { controlNumber: 'cn2', isbns: [], title: '活着（重）' }
  const merged = perform('title.merge', { keep, merge, went, choices: [] })
  const { report, bytes } = await exportedSince(since)
  expect(report).toMatchObject({ goneCount: 1, goneKnownSince: null, refused: [] })
  expect(report.gone).toEqual([
    {
      id: merge,
      controlNumber: 'cn2',
      title: '活着（重）',
      mergedIntoId: keep,
      mergedIntoControlNumber: 'cn1',
    },
  ])
  const last = bytes.toString().split('\u001d').at(-2) ?? ''
  expect([last.charAt(5), last]).toEqual(['d', expect.stringContaining('活着（重）')])
  // Whoever takes it in again does not get the title back by it.
  const again = await takeIn(bytes)
  expect(again).toMatchObject({ imported: 0, refusedCount: 1 })
  expect(again.refused).toMatchObject([{ reason: 'record-deleted' }])
  expect(
    (await exportedSince(since, { format: 'csv', encoding: 'utf-8', hasBom: false })).report,
  ).toMatchObject({ goneCount: 1 })
  perform('operation.undo', { operation: merged, reason: null })
  expect((await exportedSince(since)).report).toMatchObject({ goneCount: 0, gone: [] })
})

it('what the city deleted, in the order of leaving, and not what left before', async () => {
  const { catalogue } = desk.stores
  const [first, second] = ['title-a', 'title-b'].map((id) => ({
    title: aTitle({ id, controlNumber: id }),
    bib: aBib({ id }),
  }))
  if (first === undefined || second === undefined) throw new Error('no titles')
  const heard = (...changes: Parameters<typeof catalogue.apply>[0]) =>
    catalogue.apply(changes, { cursor: catalogue.cursor() + 1, localSeq: null })
  heard(put('title', first.title), put('bib', first.bib))
  heard(put('title', second.title), put('bib', second.bib))
  heard(remove('bib', 'title-b'), remove('title', 'title-b'))
  const since = await later()
  heard(remove('bib', 'title-a'), remove('title', 'title-a'))
  const idsSince = async (from: number) =>
    (await exportedSince(from)).report.gone.map(({ id, mergedIntoId }) => [id, mergedIntoId])
  expect(await idsSince(0)).toEqual([
    ['title-b', null],
    ['title-a', null],
  ])
  expect(await idsSince(since)).toEqual([['title-a', null]])
  heard(put('title', first.title), put('bib', first.bib))
  expect(await idsSince(0)).toEqual([['title-b', null]])
})
