/**
 * Encoding by scanning: the one tag on the pad is written for the item that was scanned. What was on
 * it is journaled first; a tag that was left half written is finished when it lies on a pad again,
 * on this run of the desk or a later one.
 */
import type { TagWrite, TagWriteAnswer } from '../../contract/tag-write-shapes.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import type { PadEvent, TagImage, TagJob } from '../../devices/rfid/pad-events.ts'
import { isPartOf } from '../../devices/rfid/write-plan.ts'
import type { TagReading } from '../../domain/rfid/decode-tag.ts'
import { afiOfItem, tagOfItem } from '../../domain/rfid/tag-of-item.ts'
import { DSFID_LIBRARY } from '../../domain/rfid/tag-security.ts'
import type { Item } from '../../domain/records.ts'
import type { Clock } from './clock.ts'
import { openTagJournal, type OpenTagWrite, type TagJournal } from './tag-journal.ts'

/** A tray, and the next. */
const ROWS_MAX = 200

export interface TagHere {
  readonly uid: string
  /** Null: it cannot be read. */
  readonly image: TagImage | null
  readonly reading: TagReading | null
}

interface TagWritesDeps {
  readonly clock: Clock
  readonly outbox: Pick<Outbox, 'setting' | 'saveSetting'>
  readonly itemOf: (barcode: string | null) => Item | null
  readonly titleOf: (barcode: string | null) => string | null
  readonly takeJob: (job: TagJob) => void
}

interface WriteRequest {
  readonly barcode: string
  /** The tag of which it was asked whether its content may go. */
  readonly overwriteUid: string | null
}

type Row = Omit<TagWrite, 'title'>

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export class TagWrites {
  readonly #deps: TagWritesDeps
  readonly #journal: TagJournal
  #rows: readonly Row[]

  constructor(deps: TagWritesDeps) {
    this.#deps = deps
    this.#journal = openTagJournal(deps.outbox)
    // What was open when the desk stopped, however it stopped.
    this.#rows = this.#journal
      .all()
      .map(({ uid, barcode, since: at }) => ({ uid, barcode, state: 'interrupted', at }))
  }

  /** Newest first. */
  rows(): readonly TagWrite[] {
    return this.#rows
      .map((row) => ({ ...row, title: this.#deps.titleOf(row.barcode) }))
      .toReversed()
  }

  /** Begins to write the one tag of `here`, or says why not. */
  write({ barcode, overwriteUid }: WriteRequest, here: readonly TagHere[]): TagWriteAnswer {
    const item = this.#deps.itemOf(barcode)
    if (item === null) return 'unknown-item'
    const [tag] = here
    if (tag === undefined) return 'no-tag'
    if (here.length > 1) return 'several-tags'
    if (tag.image === null || tag.reading === null) return 'unreadable'
    const open = this.#journal.of(tag.uid)
    if (open !== null) {
      if (open.barcode !== barcode) return 'being-written'
      this.#send(open)
      return 'writing'
    }
    const objection = this.#objectionTo(tag.reading, barcode, tag.uid)
    if (objection === 'same') this.#put({ uid: tag.uid, barcode, state: 'done' })
    if (objection === 'same' || objection === 'reader-card') return objection
    if (objection !== null && overwriteUid !== tag.uid) return objection
    const { memory, blockBytes } = tag.image
    const encoded = tagOfItem(item, { memoryBytes: memory.length, blockBytes })
    if (!encoded.ok) return 'does-not-fit'
    this.#begin(tag.uid, barcode, {
      before: toHex(memory),
      after: toHex(encoded.bytes),
      afi: afiOfItem(item),
    })
    return 'writing'
  }

  /**
   * A tag was laid down. True: it was being written and is written on. One with another content than
   * was begun is nobody's business any more: somebody else wrote it.
   */
  laidDown({ uid, memory, blockBytes }: TagImage): boolean {
    const open = this.#journal.of(uid)
    if (open === null) return false
    if (!isPartOf(memory, fromHex(open.before), fromHex(open.after), blockBytes)) {
      this.#journal.end(uid)
      this.#put({ uid, barcode: open.barcode, state: 'overtaken' })
      return false
    }
    this.#send(open)
    return true
  }

  /** The memory that a tag has now; null where none was written. */
  written({ uid, outcome }: Extract<PadEvent, { kind: 'tag-written' }>): WrittenTag | null {
    const open = this.#journal.of(uid)
    if (open === null) return null
    const { barcode } = open
    if (outcome !== 'done') {
      this.#put({ uid, barcode, state: outcome === 'away' ? 'interrupted' : 'failed' })
      return null
    }
    this.#journal.end(uid)
    this.#put({ uid, barcode, state: 'done' })
    return { memory: fromHex(open.after), afi: open.afi, dsfid: DSFID_LIBRARY }
  }

  /** Another tag takes its place: it is not waited for any more. False: it is not being written. */
  giveUp(uid: string): boolean {
    const open = this.#journal.of(uid)
    if (open === null) return false
    this.#journal.end(uid)
    this.#rows = this.#rows.filter((row) => row.uid !== uid)
    return true
  }

  /** Why a person is to be asked first; null where nothing is lost. */
  #objectionTo(
    { model, elements, usage }: TagReading,
    barcode: string,
    uid: string,
  ): 'same' | 'reader-card' | 'other-item' | 'foreign' | 'item-has-tag' | null {
    if (usage?.class === 'reader-card') return 'reader-card'
    const onTag = elements.primaryItemId
    if (onTag === barcode && model === 'iso-28560-2') return 'same'
    const hasTag = this.#rows.some(
      (row) => row.barcode === barcode && row.uid !== uid && row.state !== 'overtaken',
    )
    if (hasTag) return 'item-has-tag'
    // An older model of the same item is converted.
    if (model === 'blank' || onTag === barcode) return null
    return onTag === null ? 'foreign' : 'other-item'
  }

  #begin(
    uid: string,
    barcode: string,
    images: Pick<OpenTagWrite, 'before' | 'after' | 'afi'>,
  ): void {
    const open = { uid, barcode, ...images, since: this.#deps.clock.now() }
    this.#journal.begin(open)
    this.#send(open)
  }

  #send({ uid, barcode, before, after, afi }: OpenTagWrite): void {
    this.#put({ uid, barcode, state: 'writing' })
    this.#deps.takeJob({
      kind: 'write',
      uid,
      before: fromHex(before),
      after: fromHex(after),
      afi,
      dsfid: DSFID_LIBRARY,
    })
  }

  #put(row: Omit<Row, 'at'>): void {
    const others = this.#rows.filter(({ uid }) => uid !== row.uid)
    this.#rows = [...others, { ...row, at: this.#deps.clock.now() }].slice(-ROWS_MAX)
  }
}

export interface WrittenTag {
  readonly memory: Uint8Array
  readonly afi: number
  readonly dsfid: number
}
