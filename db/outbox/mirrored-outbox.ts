/**
 * An outbox whose every operation is also in the journal before `append` returns. Both are flushed
 * at once; what the database refuses is taken out of the journal before anybody hears of it. What
 * the database has committed is done, and a journal that cannot be written (its disk is full, or
 * gone) is caught up later and says so meanwhile.
 */
import { openJournal } from './journal.ts'
import type { BegunLines, Journal } from './journal.ts'
import type { JournalEntry } from './journal-lines.ts'
import { insertColumns } from './outbox.ts'
import type { NewOperation, Outbox, StoredOperation } from './outbox.ts'

/** `behind`: some of the outbox is in the database only. */
export type MirrorState = 'kept' | 'behind'

export interface MirroredOutbox extends Outbox {
  readonly mirror: () => MirrorState
}

/** A journal on a drive that hangs must not slow every loan. */
const TRY_AGAIN_MS = 10_000
const LINES_AT_ONCE = 100

/** What the file system throws. */
const isOfTheDisk = (error: unknown): boolean =>
  typeof (error as NodeJS.ErrnoException).code === 'string' &&
  (error as NodeJS.ErrnoException).syscall !== undefined

export function mirrored(outbox: Outbox, folder: string, key: Uint8Array | null): MirroredOutbox {
  const mirror = new Mirror(outbox, folder, key)
  mirror.catchUp()
  return {
    ...outbox,
    mirror: () => mirror.state(),
    saveIdentity(identity) {
      outbox.saveIdentity(identity)
      mirror.note([{ line: 'identity', identity }], Date.now())
    },
    append(operation, undoes) {
      const line = mirror.begin({ line: 'operation', operation, undoes }, operation.at)
      try {
        outbox.append(operation, undoes)
      } catch (error) {
        line.drop()
        throw error
      }
      line.keep()
    },
    // The server can say both again: they need not wait for the disk.
    saveOutcomes(outcomes, at = Date.now(), epoch = outbox.identity()?.epoch ?? 1) {
      outbox.saveOutcomes(outcomes, at, epoch)
      mirror.note([{ line: 'outcomes', epoch, at, outcomes }], at, false)
    },
    settle(seqs) {
      outbox.settle(seqs)
      const epoch = outbox.identity()?.epoch ?? 1
      if (seqs.length > 0) mirror.note([{ line: 'settled', epoch, seqs }], Date.now(), false)
    },
    turn(turn) {
      outbox.turn(turn)
      const { identity, endedEpoch, keptThrough, reissues } = turn
      const lines: JournalEntry[] = [
        { line: 'turn', endedEpoch, keptThrough },
        { line: 'identity', identity },
        ...reissues.map(
          ({ operation, undoes }) => ({ line: 'operation', operation, undoes }) as const,
        ),
      ]
      mirror.note(lines, Date.now())
    },
    voidAnswers(lost, identity) {
      const voided = outbox.voidAnswers(lost, identity)
      const lines: JournalEntry[] = [
        { line: 'voided', lost },
        { line: 'identity', identity },
      ]
      mirror.note(lines, Date.now())
      return voided
    },
    prune(answeredBefore, limit) {
      const pruned = outbox.prune(answeredBefore, limit)
      mirror.prune(answeredBefore)
      return pruned
    },
    close() {
      mirror.close()
      outbox.close()
    },
  }
}

class Mirror {
  readonly #outbox: Outbox
  readonly #folder: string
  readonly #key: Uint8Array | null
  #journal: Journal | null = null
  /** What the database refused, in a journal that cannot be cut now. */
  #refused: { readonly journal: Journal; readonly lines: BegunLines } | null = null
  #triedAt = Number.NEGATIVE_INFINITY

  constructor(outbox: Outbox, folder: string, key: Uint8Array | null) {
    this.#outbox = outbox
    this.#folder = folder
    this.#key = key
  }

  state(): MirrorState {
    return this.#journal === null ? 'behind' : 'kept'
  }

  /** Ends itself in the journal where that can be written, and is nothing where it cannot. */
  begin(entry: JournalEntry, at: number): BegunLines {
    const journal = this.#journal
    let lines: BegunLines | null = null
    if (journal !== null) this.#trying(journal, () => (lines = journal.begin([entry], at)))
    const begun = lines as BegunLines | null
    if (journal === null || begun === null) {
      return { keep: () => this.#tryAgain(), drop: () => undefined }
    }
    return {
      keep: () => this.#trying(journal, begun.keep),
      drop: () => {
        this.#refused = { journal, lines: begun }
        this.#dropRefused()
      },
    }
  }

  /** False while it is still there: the journal takes nothing more until it is gone. */
  #dropRefused(): boolean {
    if (this.#refused === null) return true
    const { journal, lines } = this.#refused
    this.#journal = null
    this.#triedAt = performance.now()
    try {
      lines.drop()
    } catch (error) {
      if (!isOfTheDisk(error)) throw error
      return false
    }
    this.#refused = null
    this.#journal = journal
    return true
  }

  #tryAgain(): void {
    // The operation is in the outbox already, and with it comes to the journal.
    if (performance.now() - this.#triedAt > TRY_AGAIN_MS) this.catchUp()
  }

  note(entries: readonly JournalEntry[], at: number, isDurable = true): void {
    if (this.#journal === null) {
      this.#tryAgain()
      return
    }
    this.#trying(this.#journal, (journal) => journal.append(entries, at, isDurable))
  }

  prune(before: number): void {
    const { identity, firstSeq } = this.#outbox
    const epoch = identity()?.epoch ?? 1
    if (this.#journal === null) return
    this.#trying(this.#journal, (journal) =>
      // An earlier epoch is over: 90 days after its last line nothing of it is unsent.
      journal.prune(before, (head) => head.epoch < epoch || head.seq < firstSeq()),
    )
  }

  /** Writes what the journal does not have yet. */
  catchUp(): void {
    this.#triedAt = performance.now()
    const { identity } = this.#outbox
    if (!this.#dropRefused()) return
    this.#journal?.close()
    try {
      const journal = openJournal(this.#folder, this.#key, identity)
      this.#trying(journal, () => this.#fill(journal))
    } catch (error) {
      if (!isOfTheDisk(error)) throw error
    }
  }

  #fill(journal: Journal): void {
    const { bySeq, identity, lastSeq, unsettledSeqs } = this.#outbox
    const known = identity()
    const epoch = known?.epoch ?? 1
    const head = journal.head()
    const last = lastSeq()
    // A journal that begins under an older outbox begins with what the server may not have.
    const from = head?.epoch === epoch ? head.seq + 1 : Math.max(1, unsettledSeqs(0)[0] ?? last)
    if (head === null && known !== null) {
      journal.append([{ line: 'identity', identity: known }], Date.now())
    }
    for (let seq = from; seq <= last; seq += LINES_AT_ONCE) {
      const seqs = Array.from(
        { length: Math.min(LINES_AT_ONCE, last - seq + 1) },
        (_, n) => seq + n,
      )
      const operations = seqs.map((one) => bySeq(one)).filter((one) => one !== null)
      const at = operations.at(-1)?.at
      if (at === undefined) continue
      journal.append(
        operations.map((stored) => ({
          line: 'operation',
          operation: asAppended(stored),
          undoes: this.#outbox.undoneWith(stored.id),
        })),
        at,
      )
    }
  }

  #trying(journal: Journal, work: (journal: Journal) => void): void {
    try {
      work(journal)
      this.#journal = journal
    } catch (error) {
      if (!isOfTheDisk(error)) throw error
      this.#journal = null
      this.#triedAt = performance.now()
      journal.close()
    }
  }

  close(): void {
    this.#dropRefused()
    this.#refused?.journal.close()
    this.#journal?.close()
    this.#journal = null
  }
}

/** A stored operation without what came later. */
const asAppended = (stored: StoredOperation): NewOperation =>
  Object.fromEntries(insertColumns.map((name) => [name, stored[name]])) as unknown as NewOperation
