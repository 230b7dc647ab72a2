import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { ExportProgress } from '../../contract/export-shapes.ts'
import { put } from '../../domain/change.ts'
import type { Bib } from '../../domain/records.ts'
import { openCatalogue } from '../../db/catalogue/catalogue.ts'
import type { Catalogue } from '../../db/catalogue/catalogue.ts'
import { aBib, aTitle } from '../../test/builders/city.ts'
import { createAnnouncer } from './announce.ts'
import { systemClock } from './clock.ts'
import { createExportDesk } from './export-desk.ts'
import type { ExportDesk } from './export-desk.ts'

let folder: string
let catalogue: Catalogue
let exports: ExportDesk
let told: ExportProgress[]
const COUNT = 3000
const chosen = { format: 'iso2709', encoding: 'utf-8', profile: 'as-held' } as const

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-export-'))
  catalogue = openCatalogue(join(folder, 'catalogue.db'), null)
  const ids = Array.from({ length: COUNT }, (_, index) => `title-${index}` as Bib['id'])
  catalogue.apply(
    ids.flatMap((id) => [put('title', aTitle({ id })), put('bib', aBib({ id }))]),
    { cursor: 1, localSeq: null },
  )
  const announcer = createAnnouncer()
  told = []
  announcer.listen((topic, news) => {
    if (topic === 'export-progress') told.push(news as ExportProgress)
  })
  exports = createExportDesk({
    folder: join(folder, 'outgoing'),
    catalogue,
    mergedInto: () => null,
    clock: systemClock,
    announcer,
  })
})
afterEach(() => {
  exports.close()
  catalogue.close()
  rmSync(folder, { recursive: true })
})

const ended = (state: ExportProgress['state']) =>
  vi.waitFor(() => expect(exports.jobs()[0]?.state).toBe(state), { timeout: 20_000 })

async function fetched(jobId: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let offset = 0; ;) {
    const piece = await exports.piece({ jobId, offset })
    if (piece === null) throw new Error('the file is kept no more')
    parts.push(Buffer.from(piece.chunkBase64, 'base64'))
    offset += parts.at(-1)?.length ?? 0
    if (piece.isLast) return Buffer.concat(parts)
  }
}

it('writes every title, tells how far it is, and gives the file out in pieces', async () => {
  exports.start({ jobId: 'job-00001', selection: { of: 'all' }, ...chosen })
  exports.start({ jobId: 'job-00001', selection: { of: 'all' }, ...chosen })
  expect(await exports.piece({ jobId: 'job-00001', offset: 0 })).toBeNull()
  await ended('done')
  expect(exports.jobs()).toMatchObject([
    { exported: COUNT, totalCount: COUNT, refusedCount: 0, file: expect.stringMatching(/\.mrc$/) },
  ])
  expect(told.filter(({ state }) => state === 'running').length).toBeGreaterThan(2)
  const bytes = await fetched('job-00001')
  expect(bytes.length).toBe(exports.jobs()[0]?.bytes)
  expect(bytes.toString('latin1').split('\u001d')).toHaveLength(COUNT + 1)
})

it('leaves nothing of what was cancelled', async () => {
  exports.start({ jobId: 'job-00002', selection: { of: 'all' }, ...chosen })
  exports.cancel('job-00002')
  await ended('cancelled')
  expect(readdirSync(join(folder, 'outgoing'))).toEqual([])
  expect(await exports.piece({ jobId: 'job-00002', offset: 0 })).toBeNull()
})

it('keeps the last five files', async () => {
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const selection = { of: 'numbers', numbers: [`unknown-${number}`] } as const
    exports.start({
      jobId: `job-1000${number}`,
      selection: { ...selection, numbers: [...selection.numbers] },
      ...chosen,
    })
    await ended('done')
  }
  expect(exports.jobs().map(({ jobId }) => jobId)).toHaveLength(5)
  expect(existsSync(join(folder, 'outgoing', 'job-10001'))).toBe(false)
  expect(exports.jobs()[0]).toMatchObject({ exported: 0, unknownCount: 1, unknown: ['unknown-6'] })
})
