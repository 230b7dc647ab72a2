/**
 * An outbox that knows less than its journal: its write-ahead log was deleted, the disk took back
 * what it had promised, or someone put an old copy in its place. What was shown as done comes back.
 */
import { openJournal, readJournal } from './journal.ts'
import type { JournalEntry } from './journal-lines.ts'
import { RECOVERED_PREFIX } from './log-turns.ts'
import type { DeskIdentity, NewOperation, Outbox } from './outbox.ts'

export interface Merged {
  readonly operations: number
  /** The journal has operations that do not follow on those of the outbox. */
  readonly isDiverged: boolean
  /** … because some between the two are in neither: only a backup may have them. */
  readonly hasGap: boolean
}

const NOTHING: Merged = { operations: 0, isDiverged: false, hasGap: false }

/** Throws what the file system throws. */
export function mergeJournal(outbox: Outbox, folder: string, key: Uint8Array | null): Merged {
  if (!isAhead(outbox, folder, key)) return NOTHING
  let newest: DeskIdentity | null = outbox.identity()
  readJournal(folder, key, (entry) => {
    if (entry.line === 'identity' && entry.identity.epoch >= (newest?.epoch ?? 0)) {
      newest = entry.identity
    }
  })
  if (newest === null) return NOTHING
  if (newest.epoch > (outbox.identity()?.epoch ?? 0)) outbox.saveIdentity(newest)
  let operations = 0
  let firstUnfit: NewOperation | null = null
  readJournal(folder, key, (entry) => {
    if (entry.line === 'turn') turnAgain(outbox, entry)
    if (entry.line === 'outcomes' || entry.line === 'settled') answer(outbox, entry)
    if (entry.line !== 'operation') return
    if (outbox.fits(entry.operation)) {
      outbox.append(entry.operation, entry.undoes)
      operations += 1
    } else if (firstUnfit === null && isBeyond(outbox, entry.operation)) {
      firstUnfit = entry.operation
    }
  })
  const unfit = firstUnfit as NewOperation | null
  // One that came to fit later, after the identity, or after an outbox that was filled meanwhile.
  const isDiverged = unfit !== null && isBeyond(outbox, unfit)
  return { operations, isDiverged, hasGap: isDiverged && unfit.seq > outbox.lastSeq() + 1 }
}

/** What the server said of them is known too; what is not, it says again. */
function answer(
  outbox: Outbox,
  entry: Extract<JournalEntry, { line: 'outcomes' | 'settled' }>,
): void {
  if (entry.epoch !== outbox.identity()?.epoch) return
  if (entry.line === 'settled') {
    outbox.settle(
      entry.seqs.filter((seq) => (outbox.bySeq(seq)?.outcome ?? 'pending') !== 'pending'),
    )
    return
  }
  const news = entry.outcomes.filter(({ seq }) => outbox.bySeq(seq)?.outcome === 'pending')
  outbox.saveOutcomes(news, entry.at)
}

/** Read from the last line alone: the usual answer is no. */
function isAhead(outbox: Outbox, folder: string, key: Uint8Array | null): boolean {
  const journal = openJournal(folder, key, () => null)
  const head = journal.head()
  journal.close()
  const identity = outbox.identity()
  if (identity === null) return true
  if (head === null) return false
  return head.epoch > identity.epoch || isBeyond(outbox, head)
}

function isBeyond(outbox: Outbox, { epoch, seq }: { epoch: number; seq: number }): boolean {
  const present = outbox.identity()?.epoch ?? 0
  return epoch > present || (epoch === present && seq > outbox.lastSeq())
}

/** The database does not know yet that these went on under other numbers, which come next. */
function turnAgain(
  outbox: Outbox,
  { endedEpoch, keptThrough }: JournalEntry & { line: 'turn' },
): void {
  const identity = outbox.identity()
  const head = outbox.epochs().find(({ epoch }) => epoch === endedEpoch)
  if (identity === null || head === undefined || head.lastSeq <= keptThrough) return
  // What came back from the city afterwards is its own.
  const isOfCity = outbox
    .tailOf(endedEpoch, keptThrough)
    .every(({ requestId }) => requestId.startsWith(RECOVERED_PREFIX))
  if (!isOfCity) outbox.turn({ identity, endedEpoch, keptThrough, reissues: [] })
}
