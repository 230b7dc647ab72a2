/** Titles of the desk's catalogue → the bytes of a file: streamed, cancelled between titles. */
import { setImmediate } from 'node:timers/promises'

import { crosswalk, profileAfter } from '../../../domain/marc/crosswalk.ts'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { recordToBrief } from '../../../domain/marc/brief.ts'
import type { RecordBrief } from '../../../domain/marc/brief.ts'
import type { MarcProfileName, MarcRecord } from '../../../domain/marc/marc-record.ts'
import type { Title } from '../../../domain/records.ts'
import { normaliseIsbn } from '../../../domain/words/isbn.ts'
import type { Catalogue } from '../../../db/catalogue/catalogue.ts'
import { textEncoder } from '../import/text-decoders.ts'
import type { WrittenEncoding } from '../import/text-decoders.ts'
import { encodeRecord, framing } from './encode-record.ts'
import type { RecordForm, RecordRefusal } from './encode-record.ts'
import { CSV_HEADER, titleToCsv } from './title-csv.ts'

/** `as-held`: each record in the format it came in. */
export type ExportProfile = 'as-held' | 'cnmarc' | 'marc21'

export type TitleSelection =
  | { readonly of: 'all' }
  | { readonly of: 'query'; readonly text: string }
  /** Control numbers and ISBNs, as somebody wrote them down. */
  | { readonly of: 'numbers'; readonly numbers: readonly string[] }
  /** Epoch ms: records that this desk heard a change of since then, its own among them. */
  | { readonly of: 'changes'; readonly since: number }

export type ExportForm =
  | (RecordForm & { readonly profile: ExportProfile })
  /** A BOM tells Excel that a file is in UTF-8. */
  | { readonly format: 'csv'; readonly encoding: WrittenEncoding; readonly hasBom: boolean }

export interface ExportRefusal extends RecordRefusal {
  readonly id: string
  readonly controlNumber: string | null
}

/** What the other format has no field for. */
export interface ExportLoss {
  readonly id: string
  readonly controlNumber: string | null
  readonly field: string
  readonly reason: string
}

/** A record that the last export may have held and that is no more. */
export interface ExportGone {
  readonly id: string
  readonly controlNumber: string | null
  readonly title: string | null
  /** It became part of this title; null where it was deleted. */
  readonly mergedIntoId: string | null
  readonly mergedIntoControlNumber: string | null
}

export interface ExportReport {
  exported: number
  /**
   * Epoch ms where changes were asked for since an earlier time than this desk knows them from: then
   * every title was taken. Else null.
   */
  changesKnownSince: number | null
  bytes: number
  refusedCount: number
  /** The first LISTED_MAX, as the lists below. */
  refused: ExportRefusal[]
  lossCount: number
  losses: ExportLoss[]
  unknownCount: number
  /** Numbers of the selection that no title has. */
  unknown: string[]
  /** Of a selection of changes: written behind the others with leader status d, where a file has leaders. */
  goneCount: number
  gone: ExportGone[]
  /** Epoch ms where it was asked for since an earlier time than this desk knows leavings from; else null. */
  goneKnownSince: number | null
}

interface ExportOptions {
  readonly catalogue: Catalogue
  /** The title that another became part of; null where it did not. */
  readonly mergedInto: (titleId: string) => string | null
  readonly selection: TitleSelection
  readonly form: ExportForm
  readonly put: (bytes: Uint8Array) => Promise<void>
  /** Told between slices of titles; not kept. */
  readonly onProgress?: (report: Readonly<ExportReport>) => void
  /** Aborted: the report says how far it came; what was put is no whole file. */
  readonly signal?: AbortSignal
}

const PAGE = 500
/** A city's worth of losses would fill the memory; their count is told in full. */
export const LISTED_MAX = 10_000
const BOM = '\ufeff'

/** Throws StorageFailure, and what `put` throws. */
export async function exportTitles(options: ExportOptions): Promise<ExportReport> {
  const { catalogue, selection, form, signal, onProgress } = options
  const report = emptyReport()
  const { before, after } = frameOf(form)
  const put = async (bytes: Uint8Array): Promise<void> => {
    report.bytes += bytes.length
    await options.put(bytes)
  }
  await put(textEncoder(form.encoding)(before).bytes)
  for (const ids of slicesOf(catalogue, selection, report)) {
    const titles = catalogue.titles(ids)
    for (const id of ids) {
      if (signal?.aborted === true) return report
      const title = titles.get(id)
      if (title === undefined) continue
      const written = encodeTitle(catalogue, title, form, report)
      if (written instanceof Uint8Array) {
        await put(written)
        report.exported += 1
      } else noteRefusal(report, { id, controlNumber: title.controlNumber, ...written })
    }
    onProgress?.(report)
    // On the engine's thread: a loan at the desk comes in between.
    await setImmediate()
  }
  if (selection.of === 'changes') {
    for (const bytes of goneRecords(options, selection.since, report)) await put(bytes)
  }
  await put(textEncoder(form.encoding)(after).bytes)
  return report
}

function* goneRecords(
  { catalogue, mergedInto, form, signal }: ExportOptions,
  since: number,
  report: ExportReport,
): Generator<Uint8Array> {
  const knownSince = catalogue.leavingsKnownSince()
  if (since < knownSince) report.goneKnownSince = knownSince
  for (const bib of [...catalogue.goneSince(since)].flat()) {
    if (signal?.aborted === true) return
    const record = bibToMarcRecord(bib)
    const gone = goneOf(catalogue, bib.id, recordToBrief(record, bib.profile), mergedInto(bib.id))
    report.goneCount += 1
    if (report.gone.length < LISTED_MAX) report.gone.push(gone)
    if (form.format === 'csv') continue
    const crossed = crossedOver(record, bib.profile, form.profile)
    const written = encodeRecord(asDeleted(crossed.record), crossed.profile, form)
    if (written instanceof Uint8Array) yield written
    else noteRefusal(report, { id: bib.id, controlNumber: gone.controlNumber, ...written })
  }
}

function goneOf(
  catalogue: Catalogue,
  id: string,
  { controlNumber, title }: Pick<RecordBrief, 'controlNumber' | 'title'>,
  mergedIntoId: string | null,
): ExportGone {
  const into = mergedIntoId === null ? null : catalogue.titles([mergedIntoId]).get(mergedIntoId)
  return {
    id,
    controlNumber,
    title,
    mergedIntoId,
    mergedIntoControlNumber: into?.controlNumber ?? null,
  }
}

/** Leader 5 of all three formats: d, deleted. */
const asDeleted = ({ leader, fields }: MarcRecord): MarcRecord => ({
  leader: `${leader.slice(0, 5)}d${leader.slice(6)}`,
  fields,
})

const emptyReport = (): ExportReport => ({
  exported: 0,
  changesKnownSince: null,
  bytes: 0,
  refusedCount: 0,
  refused: [],
  lossCount: 0,
  losses: [],
  unknownCount: 0,
  unknown: [],
  goneCount: 0,
  gone: [],
  goneKnownSince: null,
})

function noteRefusal(report: ExportReport, refusal: ExportRefusal): void {
  report.refusedCount += 1
  if (report.refused.length < LISTED_MAX) report.refused.push(refusal)
}

function frameOf(form: ExportForm): { before: string; after: string } {
  if (form.format !== 'csv') return framing(form)
  return { before: (form.hasBom ? BOM : '') + CSV_HEADER, after: '' }
}

function encodeTitle(
  catalogue: Catalogue,
  title: Title,
  form: ExportForm,
  report: ExportReport,
): Uint8Array | RecordRefusal {
  if (form.format === 'csv') {
    const { bytes, unmappable } = textEncoder(form.encoding)(titleToCsv(title))
    if (unmappable.length === 0) return bytes
    return { reason: 'unmappable-characters', tag: null, unmappable: placesOf(title, form) }
  }
  const bib = catalogue.bib(title.id)
  if (bib === null) return { reason: 'record-missing', tag: null, unmappable: [] }
  const { record, profile, losses } = crossedOver(bibToMarcRecord(bib), bib.profile, form.profile)
  const written = encodeRecord(record, profile, form)
  if (written instanceof Uint8Array) noteLosses(report, title, losses)
  return written
}

function crossedOver(record: MarcRecord, profile: MarcProfileName, target: ExportProfile) {
  return target === 'as-held'
    ? { record, profile, losses: [] }
    : { ...crosswalk(record, profile, target), profile: profileAfter(profile, target) }
}

function noteLosses(
  report: ExportReport,
  { id, controlNumber }: Title,
  losses: readonly { readonly field: string; readonly reason: string }[],
): void {
  report.lossCount += losses.length
  for (const { field, reason } of losses.slice(0, LISTED_MAX - report.losses.length)) {
    report.losses.push({ id, controlNumber, field, reason })
  }
}

/** A line of a spreadsheet has columns where a record has fields. */
function placesOf(title: Title, { encoding }: ExportForm): RecordRefusal['unmappable'] {
  return Object.entries(title).flatMap(([column, value]) => {
    const texts: unknown[] = Array.isArray(value) ? value : [value]
    return texts.flatMap((text, occurrence) =>
      typeof text !== 'string'
        ? []
        : textEncoder(encoding)(text).unmappable.map((place) => ({
            tag: column,
            occurrence,
            code: null,
            ...place,
          })),
    )
  })
}

function* slicesOf(
  catalogue: Catalogue,
  selection: TitleSelection,
  report: ExportReport,
): Generator<readonly string[]> {
  if (selection.of === 'query') yield* catalogue.titlesMatching(selection.text)
  else if (selection.of === 'numbers') yield* ofNumbers(catalogue, selection.numbers, report)
  else if (selection.of === 'changes') yield* ofChanges(catalogue, selection.since, report)
  else yield* ofAll(catalogue)
}

function* ofAll(catalogue: Catalogue): Generator<readonly string[]> {
  for (let after: number | null = 0; after !== null;) {
    const page = catalogue.titlesAfter(after, PAGE)
    yield page.titles.map(({ id }) => id)
    after = page.next
  }
}

/** Too much rather than too little: who keeps another catalogue must not miss a change. */
function* ofChanges(
  catalogue: Catalogue,
  since: number,
  report: ExportReport,
): Generator<readonly string[]> {
  const knownSince = catalogue.changesKnownSince()
  if (since >= knownSince) yield* catalogue.changedSince(since)
  else {
    report.changesKnownSince = knownSince
    yield* ofAll(catalogue)
  }
}

/** Each title once, in the order of the list. */
function* ofNumbers(
  catalogue: Catalogue,
  numbers: readonly string[],
  report: ExportReport,
): Generator<readonly string[]> {
  const seen = new Set<string>()
  for (const number of numbers) {
    const found = idsOfNumber(catalogue, number)
    if (found.length === 0) {
      report.unknownCount += 1
      if (report.unknown.length < LISTED_MAX) report.unknown.push(number)
    }
    const ids = found.filter((id) => !seen.has(id))
    for (const id of ids) seen.add(id)
    if (ids.length > 0) yield ids
  }
}

function idsOfNumber(catalogue: Catalogue, number: string): string[] {
  const byControlNumber = catalogue.titlesByControlNumber(number)
  if (byControlNumber.length > 0) return byControlNumber.map(({ id }) => id)
  const isbn = normaliseIsbn(number)
  if (isbn === null) return []
  // Words of a title may hold the digits as well: only the titles that carry the number are meant.
  const ids = [...catalogue.titlesMatching(isbn)].flat()
  return [...catalogue.titles(ids).values()]
    .filter(({ isbns }) => isbns.includes(isbn))
    .map(({ id }) => id)
}
