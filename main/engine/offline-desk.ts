/**
 * Other systems' offline files from a screen: a file arrives in pieces, is looked through on the
 * records as they are, and is recorded at a word. What was recorded stays, whatever stops the rest:
 * the same file chosen again goes on.
 */
import { setImmediate } from 'node:timers/promises'
import type { PerformRequest, Receipt } from '../../contract/desk-api.ts'
import type { OfflineFile, OfflineOutcome, OfflineRow } from '../../contract/offline-shapes.ts'
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import { aSubject } from '../../domain/facts.ts'
import { StorageFailure } from '../../db/open.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import { DeskFailure } from './desk-failure.ts'
import { OFFLINE_BYTES_MAX, readOfflineFile, timeOf } from './offline/offline-file.ts'
import type { NumberedLine } from './offline/offline-file.ts'
import { isBroken, planLine } from './offline/record-line.ts'
import type { Stores } from './stores.ts'

const FILES_KEPT_MAX = 10
const ROWS_MAX = 500
const LABELS_MAX = 100
/** Lines between two looks at what else the engine has to do. */
const LINES_A_TURN = 20

type Upload = AskOf<'offline-upload'>
type Fact = (request: Omit<PerformRequest, 'overrides'>) => Receipt

export interface OfflineDesk {
  readonly upload: (piece: Upload) => AnswerOf<'offline-upload'>
  /** Throws DeskFailure `bad-request` where no such file waits, and what `factAs` throws. */
  readonly record: (fileId: string) => void
  readonly stop: (fileId: string) => void
  /** The newest first. */
  readonly files: () => OfflineFile[]
  readonly close: () => void
}

export interface OfflineDeps {
  readonly stores: Pick<Stores, 'outbox' | 'replica'>
  readonly clock: Clock
  readonly announcer: Announcer
  /** Records a fact as the person who is signed in now. */
  readonly factAs: () => Fact
}

export const createOfflineDesk = (deps: OfflineDeps): OfflineDesk => new OfflineFiles(deps)

/** Where nobody chooses a file. */
export const noOfflineDesk: OfflineDesk = {
  upload: () => {
    throw new DeskFailure('bad-request', 'the command line reads files itself')
  },
  record: () => undefined,
  stop: () => undefined,
  files: () => [],
  close: () => undefined,
}

interface Kept {
  file: OfflineFile
  lines: readonly NumberedLine[]
  readonly abort: AbortController
}

class OfflineFiles implements OfflineDesk {
  readonly #deps: OfflineDeps
  readonly #kept = new Map<string, Kept>()
  /** One file comes in at a time: another one gives up the first. */
  #receiving: { readonly fileId: string; readonly pieces: Buffer[]; bytes: number } | null = null

  constructor(deps: OfflineDeps) {
    this.#deps = deps
  }

  upload = (piece: Upload): AnswerOf<'offline-upload'> => {
    if (piece.offset === 0) this.#receiving = { fileId: piece.fileId, pieces: [], bytes: 0 }
    const into = this.#receiving
    if (into === null || into.fileId !== piece.fileId || into.bytes !== piece.offset) {
      throw new DeskFailure('bad-request', 'ask.offset')
    }
    const bytes = Buffer.from(piece.chunkBase64, 'base64')
    into.bytes += bytes.length
    // Beyond the limit nothing is kept: the file is refused when its end has come.
    if (into.bytes <= OFFLINE_BYTES_MAX) into.pieces.push(bytes)
    else into.pieces.length = 0
    if (!piece.isLast) return { receivedBytes: into.bytes, isWhole: false }
    this.#receiving = null
    this.#take(piece, into)
    return { receivedBytes: into.bytes, isWhole: true }
  }

  files = (): OfflineFile[] => [...this.#kept.values()].map(({ file }) => file).toReversed()

  stop = (fileId: string): void => this.#kept.get(fileId)?.abort.abort()

  close = (): void => {
    for (const { abort } of this.#kept.values()) abort.abort()
  }

  record = (fileId: string): void => {
    const kept = this.#kept.get(fileId)
    if (kept?.file.state !== 'ready') throw new DeskFailure('bad-request', 'ask.fileId')
    const record = this.#deps.factAs()
    const startedAt = this.#deps.clock.now()
    this.#tell(kept, { ...nothingYet, state: 'recording', startedAt })
    void this.#each(kept, 'done', (one) => recordedRow(this.#deps.stores, one, record))
  }

  #take(
    { fileId, fileName }: Upload,
    { pieces, bytes }: { readonly pieces: readonly Buffer[]; readonly bytes: number },
  ): void {
    const read =
      bytes > OFFLINE_BYTES_MAX
        ? ({ refusal: 'too-large' } as const)
        : readOfflineFile(Buffer.concat(pieces))
    const kept: Kept = {
      file: aFile(fileId, fileName),
      lines: 'lines' in read ? read.lines : [],
      abort: new AbortController(),
    }
    this.#kept.set(fileId, kept)
    forgetOld(this.#kept)
    if ('refusal' in read) {
      this.#tell(kept, { state: 'refused', refusal: read.refusal })
      return
    }
    this.#tell(kept, {
      ...held(kept.lines),
      isCutOff: read.isCutOff,
      startedAt: this.#deps.clock.now(),
    })
    this.#tell(kept, unknownIn(this.#deps.stores, kept.lines))
    const look = this.#deps.factAs()
    const moved = new Set<string>()
    void this.#each(kept, 'ready', (one) => foreseenRow(this.#deps.stores, one, look, moved))
  }

  /** Every line in turn; a turn of the engine's own work comes in between. */
  async #each(
    kept: Kept,
    after: OfflineFile['state'],
    rowOf: (one: NumberedLine) => TakenRow,
  ): Promise<void> {
    const { clock } = this.#deps
    const taken = new Taken()
    try {
      for (const [index, one] of kept.lines.entries()) {
        if (kept.abort.signal.aborted) break
        taken.add(rowOf(one))
        if (index % LINES_A_TURN !== LINES_A_TURN - 1) continue
        this.#tell(kept, { doneCount: index + 1 })
        await setImmediate()
      }
      const isStopped = kept.abort.signal.aborted
      const state = isStopped ? 'stopped' : after
      const endedAt = state === 'ready' ? null : clock.now()
      this.#tell(kept, { ...taken.sums(), state, endedAt })
    } catch (error) {
      this.#tell(kept, { ...taken.sums(), state: 'failed', endedAt: clock.now() })
      if (!isExpected(error)) throw error
    }
  }

  #tell(kept: Kept, news: Partial<OfflineFile>): void {
    kept.file = { ...kept.file, ...news }
    const { fileId, state, doneCount, linesCount, startedAt } = kept.file
    const progress = { fileId, state, doneCount, linesCount, startedAt }
    this.#deps.announcer.announce('offline-progress', progress)
  }
}

const noCounts: Record<OfflineOutcome, number> = {
  fits: 0,
  clashes: 0,
  recorded: 0,
  'recorded-broken': 0,
  repeated: 0,
  'not-taken': 0,
  unusable: 0,
}

const nothingYet = {
  counts: noCounts,
  repeatedSince: null,
  doneCount: 0,
  rows: [],
  rowsCount: 0,
} satisfies Partial<OfflineFile>

const noLabels = { count: 0, first: [] }

const aFile = (fileId: string, name: string): OfflineFile => ({
  fileId,
  name,
  state: 'checking',
  refusal: null,
  isCutOff: false,
  linesCount: 0,
  checkOutsCount: 0,
  checkInsCount: 0,
  renewalsCount: 0,
  usesCount: 0,
  paymentsCount: 0,
  paymentsFen: 0,
  firstAt: null,
  lastAt: null,
  unknownBarcodes: noLabels,
  unknownCards: noLabels,
  startedAt: null,
  endedAt: null,
  ...nothingYet,
})

function held(lines: readonly NumberedLine[]): Partial<OfflineFile> {
  const count = (is: NumberedLine['read']['is']): number =>
    lines.filter(({ read }) => read.is === is).length
  const times = lines.flatMap(({ read }) => timeOf(read) ?? [])
  return {
    linesCount: lines.length,
    checkOutsCount: count('check-out'),
    checkInsCount: count('check-in'),
    renewalsCount: count('renewal'),
    usesCount: count('in-house'),
    paymentsCount: count('payment'),
    paymentsFen: lines.reduce(
      (sum, { read }) => sum + ('amountFen' in read ? read.amountFen : 0),
      0,
    ),
    firstAt: times.reduce<number | null>((least, at) => Math.min(least ?? at, at), null),
    lastAt: times.reduce<number | null>((most, at) => Math.max(most ?? at, at), null),
  }
}

function unknownIn({ replica, outbox }: OfflineDeps['stores'], lines: readonly NumberedLine[]) {
  const branchId = outbox.identity()?.branchId ?? ''
  const barcodes = new Set(lines.flatMap(({ read }) => ('barcode' in read ? read.barcode : [])))
  const cards = new Set(lines.flatMap(({ read }) => ('card' in read ? (read.card ?? []) : [])))
  const knowsItem = (barcode: string): boolean =>
    replica.find('itemByBarcode', [barcode]).length > 0
  const knowsCard = (card: string): boolean =>
    replica.gather(aSubject({ card }), branchId).reader !== null
  return {
    unknownBarcodes: labels([...barcodes].filter((barcode) => !knowsItem(barcode))),
    unknownCards: labels([...cards].filter((card) => !knowsCard(card))),
  }
}

const labels = (all: readonly string[]) => ({
  count: all.length,
  first: all.slice(0, LABELS_MAX),
})

interface TakenRow {
  readonly row: OfflineRow
  /** Of `repeated`: when it was recorded. */
  readonly recordedAt: number | null
}

/** What became of the lines so far. */
class Taken {
  readonly #counts = { ...noCounts }
  readonly #rows: OfflineRow[] = []
  #rowsCount = 0
  #repeatedSince: number | null = null

  add({ row, recordedAt }: TakenRow): void {
    this.#counts[row.outcome] += 1
    if (recordedAt !== null) {
      this.#repeatedSince = Math.min(this.#repeatedSince ?? recordedAt, recordedAt)
    }
    if (row.outcome === 'fits' || row.outcome === 'recorded' || row.outcome === 'repeated') return
    this.#rowsCount += 1
    if (this.#rows.length < ROWS_MAX) this.#rows.push(row)
  }

  sums(): Partial<OfflineFile> {
    return {
      counts: { ...this.#counts },
      rows: this.#rows,
      rowsCount: this.#rowsCount,
      repeatedSince: this.#repeatedSince,
      doneCount: Object.values(this.#counts).reduce((sum, count) => sum + count, 0),
    }
  }
}

/**
 * What the line would come to. A line whose item an earlier line moves is judged when it is recorded:
 * today's records say nothing about it.
 */
function foreseenRow(
  stores: OfflineDeps['stores'],
  one: NumberedLine,
  look: Fact,
  moved: Set<string>,
): TakenRow {
  const planned = planLine(stores, one)
  if (planned.is !== 'request') return notRecorded(one, planned)
  const barcode = 'barcode' in one.read ? one.read.barcode : null
  const isMoved = barcode !== null && moved.has(barcode)
  if (barcode !== null) moved.add(barcode)
  if (isMoved) return { row: rowOf(one, { outcome: 'fits' }), recordedAt: null }
  const receipt = look({ ...planned.request, isDryRun: true })
  const outcome = isBroken(receipt) ? 'clashes' : 'fits'
  return { row: rowOf(one, { outcome, findings: receipt.findings }), recordedAt: null }
}

function recordedRow(stores: OfflineDeps['stores'], one: NumberedLine, record: Fact): TakenRow {
  const planned = planLine(stores, one)
  if (planned.is !== 'request') return notRecorded(one, planned)
  const { findings, operationId } = record({ ...planned.request, isDryRun: false })
  const outcome = isBroken({ findings }) ? 'recorded-broken' : 'recorded'
  return { row: rowOf(one, { outcome, findings, operationId }), recordedAt: null }
}

function notRecorded(
  one: NumberedLine,
  planned: Exclude<ReturnType<typeof planLine>, { readonly is: 'request' }>,
): TakenRow {
  if (planned.is === 'repeated') {
    const { operationId, recordedAt } = planned
    return { row: rowOf(one, { outcome: 'repeated', operationId }), recordedAt }
  }
  const { is: outcome, reason } = planned
  return { row: rowOf(one, { outcome, reason }), recordedAt: null }
}

const rowOf = (
  { line, read }: NumberedLine,
  parts: Pick<OfflineRow, 'outcome'> & Partial<OfflineRow>,
): OfflineRow => ({
  line,
  is: read.is,
  barcode: 'barcode' in read ? read.barcode : null,
  card: 'card' in read ? read.card : null,
  amountFen: 'amountFen' in read ? read.amountFen : null,
  happenedAt: timeOf(read),
  reason: null,
  findings: [],
  operationId: null,
  ...parts,
})

/** What was recorded until then stays; the screen says that it stopped. */
const isExpected = (error: unknown): boolean =>
  error instanceof DeskFailure || (error instanceof StorageFailure && error.code === 'disk-full')

function forgetOld(kept: Map<string, Kept>): void {
  for (const [fileId, { file }] of kept) {
    if (kept.size <= FILES_KEPT_MAX) return
    if (file.state !== 'recording' && file.state !== 'checking') kept.delete(fileId)
  }
}
