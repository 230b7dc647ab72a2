import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BatchJob } from '../../contract/batch-shapes.ts'
import type { AskOf } from '../../contract/queries.ts'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../domain/marc/brief.ts'
import { titleOfBrief } from '../../domain/marc/title-of-brief.ts'
import type { ImportedRecord } from '../../domain/operations/import-titles.ts'
import { aGoodRecord } from '../../test/builders/good-record.ts'
import { createAnnouncer } from './announce.ts'
import { createBatchDesk } from './batch-desk.ts'
import type { BatchDesk } from './batch-desk.ts'
import { systemClock } from './clock.ts'
import { openHeadless } from './headless.ts'
import type { Headless } from './headless.ts'

let home: string
let desk: Headless
let batches: BatchDesk

const COUNT = 60
const WRONG = '中译出版杜'
const RIGHT = '中译出版社'
const lately = { timeout: 20_000, interval: 20 }

function recordOf(number: number): ImportedRecord {
  const content = aGoodRecord(
    `001  0120260${number}`,
    `2001 $a第${number}座灯塔$9di deng ta$f(法)圣埃克苏佩里著`,
    `210  $a北京$c${number % 2 === 0 ? WRONG : RIGHT}$d2022`,
  )
  const title = titleOfBrief(recordToBrief(bibToMarcRecord(content), 'cnmarc'), () => {})
  if (title === null) throw new Error('the record has no title')
  return { title, bib: { profile: 'cnmarc', ...content }, items: [] }
}

const open = (): BatchDesk =>
  createBatchDesk({
    stores: desk.stores,
    clock: systemClock,
    announcer: createAnnouncer(),
    folder: join(home, 'batches'),
    actAs: () => desk.perform,
  })

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'citydesk-batch-'))
  desk = openHeadless(home, null)
  desk.submitImport(
    Array.from({ length: COUNT }, (_, number) => recordOf(number)),
    'a.mrc',
  )
  batches = open()
})
afterEach(async () => {
  batches.close()
  await desk.close()
  rmSync(home, { recursive: true, force: true })
})

const ID = 'batch-0001'
const fix = { does: 'replace', tag: '210', code: 'c', find: '出版杜', value: '出版社' } as const
type Selection = AskOf<'batch-look'>['selection']
const bySearch: Selection = { by: 'search', text: '灯塔' }
const byNumbers: Selection = { by: 'numbers', numbers: ['01202600', '01202601', '99'] }
const asked = (parts: Partial<AskOf<'batch-look'>> = {}) => ({
  batchId: ID,
  selection: bySearch,
  kind: null,
  fix,
  ...parts,
})
const job = (): BatchJob | undefined => batches.jobs()[0]
const until = (state: BatchJob['state']) => vi.waitUntil(() => job()?.state === state, lately)
const wrong = (): number =>
  Array.from(desk.stores.catalogue.titlesMatching('灯塔'))
    .flat()
    .filter((id) => desk.stores.catalogue.titles([id]).get(id)?.publisher === WRONG).length

describe('Q10 a batch', () => {
  it.each<[string, Selection, number]>([
    ['words', bySearch, COUNT],
    ['numbers', byNumbers, 2],
  ])(
    'chosen by %s is looked at, and holds those that the fix would change',
    async (_by, selection, looked) => {
      batches.look(asked({ selection }))
      await until('ready')
      expect(job()).toMatchObject({ lookedCount: looked, changingCount: looked / 2, isCut: false })
      const rows = await batches.rows({ batchId: ID, from: 0, limit: 5 })
      expect(rows[0]?.tags.map(({ tag }) => tag)).toEqual(['210'])
      expect(wrong()).toBe(COUNT / 2)
    },
  )

  it('of another kind of material is empty', async () => {
    batches.look(asked({ kind: 'map' }))
    await until('ready')
    expect(job()?.changingCount).toBe(0)
  })

  it('is made in pieces, without those left out, and undone in one act', async () => {
    batches.look(asked())
    await until('ready')
    const rows = await batches.rows({ batchId: ID, from: 0, limit: 2 })
    batches.start(ID, [rows[0]?.id ?? ''])
    await until('done')
    expect(job()).toMatchObject({ correctedCount: COUNT / 2 - 1, excludedCount: 1 })
    expect(wrong()).toBe(1)
    batches.undo(ID)
    await until('undone')
    expect(job()).toMatchObject({ restoredCount: COUNT / 2 - 1, keptCount: 0 })
    expect(wrong()).toBe(COUNT / 2)
  })

  it('that was stopped goes on with what is left, after the program ended too', async () => {
    batches.look(asked())
    await until('ready')
    batches.start(ID, [])
    batches.stop(ID)
    await until('stopped')
    const left = wrong()
    expect(left).toBeGreaterThan(0)
    batches.close()
    batches = open()
    expect(job()).toMatchObject({ state: 'stopped', changingCount: COUNT / 2 })
    batches.start(ID, [])
    await until('done')
    expect(wrong()).toBe(0)
    // Each piece once.
    expect(desk.stores.outbox.lastSeq()).toBe(1 + Math.ceil(COUNT / 2 / 25))
  })

  it('Q11 names what was changed since, and leaves it', async () => {
    batches.look(asked())
    await until('ready')
    const [first] = await batches.rows({ batchId: ID, from: 0, limit: 1 })
    batches.start(ID, [])
    await until('done')
    const id = first?.id ?? ''
    desk.perform({
      kind: 'title.correct',
      payload: {
        batch: 'other',
        fix: { does: 'set', tag: '215', code: 'a', value: '99页' },
        year: 2026,
        titles: [id],
      },
      overrides: [],
      isDryRun: false,
    })
    batches.undo(ID)
    await until('undone')
    expect(job()).toMatchObject({ restoredCount: COUNT / 2 - 1, keptCount: 1, kept: [{ id }] })
  })
})

it('a file that is no plan is taken away; one batch has one name', async () => {
  batches.close()
  writeFileSync(join(home, 'batches', 'half.json'), '{"batchId":')
  batches = open()
  expect(batches.jobs()).toEqual([])
  batches.look(asked())
  expect(() => batches.look(asked())).toThrow('ask.batchId')
  expect(() => batches.start('nobody-0001', [])).toThrow('ask.batchId')
  await until('ready')
})
