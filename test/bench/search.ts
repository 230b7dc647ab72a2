/**
 * Searching a whole city on one desk: builds catalogues of generated titles, asks every kind of query
 * of them, first and warm, then again while the city's feed comes in; and asks what words can answer
 * of other searches on the same titles.
 *
 *   node test/bench/search.ts [--sizes 100000,1000000] [--queries 200] [--peer-titles 100000] [--json]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { generateTitles } from '../../cli/sample-city/generated-city.ts'
import { seededRandom } from '../../cli/sample-city/random.ts'
import { bulkLoad } from '../../db/catalogue/bulk-load.ts'
import { CATALOGUE_APPLICATION_ID, openCatalogue } from '../../db/catalogue/catalogue.ts'
import { openSearch } from '../../db/catalogue/search-client.ts'
import { openSearchTables } from '../../db/catalogue/search-tables.ts'
import { openTitleSearch } from '../../db/catalogue/search.ts'
import { openDatabase } from '../../db/open.ts'
import type { Database } from '../../db/open.ts'
import { patch, put } from '../../domain/change.ts'
import type { Bib, Title } from '../../domain/records.ts'
import { filePartsOf } from './search/file-parts.ts'
import { KINDS_OF_PEERS, bookNumberOf, makeKeystrokes, makeKinds } from './search/queries.ts'
import type { Pick, Sample } from './search/queries.ts'
import { measurePeers } from './search/peers.ts'
import type { SearchBenchResult, SizeResult } from './search/search-results.ts'
import { searchRow } from './search/search-row.ts'
import type { SearchRow } from './search/search-row.ts'
import { searchTable } from './search/search-table.ts'
import { measureThread, measureUnderFeed } from './search/under-feed.ts'

export interface SearchBenchOptions {
  readonly sizes: readonly number[]
  readonly queries: number
  readonly seed: number
  /** 0: nobody beside ours. */
  readonly peerTitles: number
}

const SAMPLE = 5_000
const LIMIT = 50
const WHILE_FED = ['two hanzi', 'full pinyin', 'two terms', 'three terms', 'ISBN'] as const

/** Every `step`-th title, so that queries reach all of the catalogue. */
function* sampling(titles: Iterable<Title>, step: number, into: Title[]): Generator<Title> {
  let number = 0
  for (const title of titles) {
    if (number % step === 0) into.push(title)
    number += 1
    yield title
  }
}

/** One title in ten is from before 1987 and has a 统一书号. */
function* bibsOf(size: number): Generator<Bib> {
  for (let index = 0; index < size; index += 10) {
    const id = `ttl-g${String(index + 1).padStart(8, '0')}` as Bib['id']
    const subfields = [{ code: 'a', value: bookNumberOf(index) }]
    const fields = [{ tag: '091', indicators: '  ', value: null, subfields }]
    yield { id, profile: 'cnmarc', leader: '00000nam0 2200000   450 ', fields }
  }
}

const openReading = (path: string, key: Uint8Array): Database => {
  const applicationId = CATALOGUE_APPLICATION_ID
  const db = openDatabase({ path, key, applicationId, access: 'shared-read-only' })
  db.pragma('cache_size = -65536')
  return db
}

interface Catalogue {
  readonly path: string
  readonly key: Uint8Array
  readonly sample: Sample
}

/** The first query of a kind on a connection that knows nothing yet, then all of them warm. */
function measureKind({ path, key }: Catalogue, kind: string, texts: readonly string[]): SearchRow {
  const db = openReading(path, key)
  const { search } = openTitleSearch(db, openSearchTables())
  const began = performance.now()
  search(texts[0] ?? '', LIMIT)
  const first = performance.now() - began
  for (const text of texts.slice(1, 40)) search(text, LIMIT)
  const times: number[] = []
  let found = 0
  for (const text of texts) {
    const asked = performance.now()
    const { total } = search(text, LIMIT)
    times.push(performance.now() - asked)
    if (total > 0) found += 1
  }
  db.close()
  return searchRow(kind, times, { found, first })
}

/** Half new titles, half loans counted on known ones. */
function measureApply({ path, key, sample }: Catalogue, batches: number): number {
  const catalogue = openCatalogue(path, key)
  const began = performance.now()
  for (let batch = 0; batch < batches; batch += 1) {
    const changes = Array.from({ length: 100 }, (_, index) => {
      const title = sample[(batch * 100 + index) % sample.length] as Title
      return index % 2 === 0
        ? put('title', { ...title, id: `new-${batch}-${index}` as Title['id'] })
        : patch('title', title.id, {}, { loansCount: 1 })
    })
    catalogue.apply(changes, { cursor: batch, localSeq: null })
  }
  const seconds = (performance.now() - began) / 1000
  catalogue.close()
  return Math.round((batches * 100) / seconds)
}

async function measureWarmThread({ path, key }: Catalogue, texts: readonly string[]) {
  const search = openSearch(path, key)
  for (const text of texts.slice(0, 50)) await search.search(text, LIMIT)
  const row = await measureThread(search, 'typing, through the thread', texts)
  await search.close()
  return row
}

async function measureSize(
  size: number,
  { queries, seed }: SearchBenchOptions,
  folder: string,
): Promise<SizeResult & { textsByKind: ReadonlyMap<string, readonly string[]> }> {
  const catalogue = { path: join(folder, `${size}.db`), key: new Uint8Array(32).fill(7) }
  const sample: Title[] = []
  const titles = generateTitles({ count: size, seed })
  const step = Math.max(1, Math.floor(size / SAMPLE))
  const parts = { cursor: 0, bibs: bibsOf(size) }
  const built = bulkLoad(catalogue.path, catalogue.key, sampling(titles, step, sample), parts)
  const random = seededRandom(seed)
  const pick: Pick = () => random.between(0, 2 ** 30)
  const tables = openSearchTables()
  const keystrokes = makeKeystrokes(sample, pick, tables, queries * 4)
  const kinds = Object.entries(makeKinds(sample, pick, tables))
  const textsByKind = new Map<string, readonly string[]>([['typing', keystrokes]])
  for (const [kind, make] of kinds) textsByKind.set(kind, Array.from({ length: queries }, make))
  const db = openReading(catalogue.path, catalogue.key)
  const fileParts = filePartsOf(db)
  db.close()
  const known = { ...catalogue, sample }
  const rows = [...textsByKind].map(([kind, texts]) => measureKind(known, kind, texts))
  rows.push(await measureWarmThread(known, keystrokes))
  const fed = new Map(
    ['typing', ...WHILE_FED].map((kind) => [kind, textsByKind.get(kind) ?? []] as const),
  )
  const underFeed = await measureUnderFeed(catalogue, sample, fed)
  // As it was built: the feed has been at the file since.
  const bytes = fileParts
    .filter(({ name }) => !/bib/i.test(name))
    .reduce((sum, part) => sum + part.bytes, 0)
  return {
    size,
    buildMs: built.ms,
    bytesPerTitle: Math.round(bytes / size),
    parts: fileParts,
    rows,
    underFeed: underFeed.rows,
    updatesPerSecond: underFeed.updatesPerSecond,
    applyPerSecond: measureApply(known, 30),
    textsByKind,
  }
}

export async function benchSearch(options: SearchBenchOptions): Promise<SearchBenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'citydesk-bench-search-'))
  const { peerTitles, seed } = options
  try {
    const sizes: SizeResult[] = []
    let peerTexts: ReadonlyMap<string, readonly string[]> = new Map()
    for (const size of options.sizes) {
      const { textsByKind, ...result } = await measureSize(size, options, folder)
      sizes.push(result)
      if (size === peerTitles || peerTexts.size === 0) peerTexts = textsByKind
      rmSync(join(folder, `${size}.db`), { force: true })
    }
    const asked = new Map(KINDS_OF_PEERS.map((kind) => [kind, peerTexts.get(kind) ?? []] as const))
    const peers = peerTitles === 0 ? [] : await measurePeers({ folder, peerTitles, seed, asked })
    return { sizes, peerTitles, peers }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '100000,1000000' },
      queries: { type: 'string', default: '200' },
      'peer-titles': { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  })
  const result = await benchSearch({
    sizes: values.sizes.split(',').map(Number),
    queries: Number(values.queries),
    peerTitles: Number(values['peer-titles']),
    seed: Number(values.seed),
  })
  console.error(searchTable(result))
  if (values.json) console.log(JSON.stringify(result))
}
