/**
 * What lies on the pads of this desk, and what is done with it: each item is scanned once for a
 * visit to the pad, and its tag's security follows its loan.
 *
 * The security is set after the operation is in the outbox, never before: an operation that is
 * refused leaves the tag as it was, whatever that was. The debt is written down first.
 */
import type { PadStatus, PadTag } from '../../contract/pad-shapes.ts'
import type { AnswerOf, AskOf } from '../../contract/queries.ts'
import type { TopicNews } from '../../contract/topics.ts'
import type { Rows } from '../../db/replica/rows.ts'
import type { Outbox } from '../../db/outbox/outbox.ts'
import type { PadEvent, TagImage, TagJob } from '../../devices/rfid/pad-events.ts'
import { decodeTag, type TagReading } from '../../domain/rfid/decode-tag.ts'
import { AFI_IN_STOCK, AFI_ON_LOAN, readAfi } from '../../domain/rfid/tag-security.ts'
import type { Item } from '../../domain/records.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import type { ScanDesk } from './scan-desk.ts'
import { TagWrites } from './tag-writes.ts'
import { openSecurityDebts, type SecurityDebts } from './security-debts.ts'

interface SeenTag {
  readonly uid: string
  pad: string
  image: TagImage | null
  reading: TagReading | null
  isHere: boolean
  /** When it was lifted; null while it lies there. */
  leftAt: number | null
  /** The item's loan when it was laid down, then whenever it changed; null: no item of ours. */
  isOnLoan: boolean | null
  /** Its item was lent or returned since it was laid down. */
  isHandled: boolean
  isScanned: boolean
  isWorking: boolean
}

/** Tags remembered after they were lifted: a stack, its reader's goodbye, and the next stack. */
const SEEN_MAX = 256

interface PadDeskDeps {
  readonly announcer: Announcer
  readonly scanDesk: ScanDesk
  readonly clock: Clock
  readonly stores: {
    readonly replica: { readonly rows: Rows }
    readonly outbox: Pick<Outbox, 'setting' | 'saveSetting'>
  }
}

export class PadDesk {
  readonly #deps: PadDeskDeps
  readonly #debts: SecurityDebts
  readonly #writes: TagWrites
  readonly #tagsByUid = new Map<string, SeenTag>()
  readonly #failedUids = new Set<string>()
  /** Owed when their tag was off the pad: people were told, so they are told that it is paid. */
  readonly #lateUids: Set<string>
  #takeJob: (job: TagJob) => void = () => undefined
  #isSettled = true
  /** Said until its book is taken away. */
  #repaired: (NonNullable<PadStatus['repaired']> & { readonly uid: string }) | null = null

  constructor(deps: PadDeskDeps) {
    this.#deps = deps
    this.#debts = openSecurityDebts(deps.stores.outbox)
    this.#writes = new TagWrites({
      clock: deps.clock,
      outbox: deps.stores.outbox,
      itemOf: (barcode) => this.#itemOf(barcode),
      titleOf: (barcode) => this.#titleOf(barcode),
      takeJob: (job) => {
        this.#takeJob(job)
      },
    })
    this.#lateUids = new Set(this.#debts.all().map(({ uid }) => uid))
    deps.announcer.listen((topic, news) => {
      if (topic !== 'changed' || this.#tagsByUid.size === 0) return
      if (!(news as TopicNews<'changed'>).kinds.includes('item')) return
      this.#followLoans()
      this.#tell()
    })
  }

  /** What carries jobs to the pads. */
  useHost(takeJob: (job: TagJob) => void): void {
    this.#takeJob = takeJob
  }

  hear(event: PadEvent): void {
    if (event.kind === 'pad-status') return
    if (event.kind === 'tag-on') this.#laidDown(event)
    else if (event.kind === 'tag-off') this.#lifted(event.uid)
    else if (event.kind === 'tag-secured') this.#secured(event)
    else if (event.kind === 'tag-written') this.#written(event)
    else if (event.kind === 'tag-unreadable') this.#remember(unreadTag(event.uid, event.pad))
    this.#isSettled = event.kind === 'pad-settled' || (this.#isSettled && !isMove(event))
    this.#tell()
  }

  status(): PadStatus {
    const here = this.#here()
    return {
      tags: here.map((tag) => shapeOf(tag, here, this.#titleOf(barcodeOf(tag)))),
      isSettled: this.#isSettled,
      debts: this.#debts
        .all()
        .map((debt) => ({ ...debt, hasFailed: this.#failedUids.has(debt.uid) })),
      writes: [...this.#writes.rows()],
      repaired:
        this.#repaired === null
          ? null
          : { barcode: this.#repaired.barcode, title: this.#repaired.title },
    }
  }

  /** Writes the one tag that lies there for this item, or says why not. */
  write(request: AskOf<'write-tag'>): AnswerOf<'write-tag'> {
    const here = this.#here()
    const outcome = this.#writes.write(request, here)
    // Its old content is no item of a reader's stack any more.
    if (outcome === 'writing') for (const tag of here) isBeingWritten(tag)
    this.#tell()
    return { outcome, uid: here[0]?.uid ?? null }
  }

  /** False: that tag is not being written. */
  giveUpTag(uid: string): boolean {
    const isGivenUp = this.#writes.giveUp(uid)
    this.#tell()
    return isGivenUp
  }

  /** Scans those of `barcodes` that lie there and had no effect yet; answers how many that were. */
  offer(barcodes: readonly string[]): number {
    const here = this.#here()
    const waiting = here
      .filter((tag) => !tag.isHandled && troubleOf(tag, here) === null)
      .flatMap((tag) => barcodeOf(tag) ?? [])
    const offered = [...new Set(waiting)].filter((barcode) => barcodes.includes(barcode))
    for (const barcode of offered) this.#scan(barcode)
    return offered.length
  }

  /** Scans an item whose parts are not all there; false: no such set lies there. */
  takeParts(barcode: string): boolean {
    const here = this.#here()
    const isSet = here.some(
      (tag) => barcodeOf(tag) === barcode && troubleOf(tag, here) === 'parts-missing',
    )
    if (isSet) this.#scan(barcode)
    return isSet
  }

  #laidDown({ pad, tag: image }: Extract<PadEvent, { kind: 'tag-on' }>): void {
    const { uid, memory, dsfid, afi } = image
    const before = this.#tagsByUid.get(uid)
    const reading = decodeTag({ memory, dsfid, afi })
    const item = this.#itemOf(reading.elements.primaryItemId)
    const isOnLoan = item === null ? null : item.state === 'on-loan'
    const owed = this.#debts.of(uid)
    // Shifted on the pad, or laid back to have its security set: not another visit.
    const awayMs = this.#deps.clock.now() - (before?.leftAt ?? Number.NEGATIVE_INFINITY)
    const isSameVisit =
      before?.isScanned === true && before.isOnLoan === isOnLoan && awayMs < SAME_VISIT_MS
    this.#remember({
      uid,
      pad,
      image,
      reading,
      isHere: true,
      leftAt: null,
      isOnLoan,
      isHandled: (isSameVisit && before.isHandled) || owed !== null,
      isScanned: isSameVisit || owed !== null,
      isWorking: false,
    })
    if (owed !== null) this.#secure(uid, owed.wanted)
    const seen = this.#tagsByUid.get(uid)
    if (this.#writes.laidDown(image) && seen !== undefined) isBeingWritten(seen)
    // This one may have been the part that another waited for.
    for (const tag of this.#here()) this.#scanIfWhole(tag)
  }

  #written(event: Extract<PadEvent, { kind: 'tag-written' }>): void {
    const tag = this.#tagsByUid.get(event.uid)
    const content = this.#writes.written(event)
    if (tag === undefined) return
    tag.isWorking = false
    if (content === null || tag.image === null) return
    tag.image = { ...tag.image, ...content }
    tag.reading = decodeTag(tag.image)
    const item = this.#itemOf(barcodeOf(tag))
    tag.isOnLoan = item === null ? null : item.state === 'on-loan'
  }

  #lifted(uid: string): void {
    const tag = this.#tagsByUid.get(uid)
    if (tag === undefined) return
    tag.isHere = false
    tag.leftAt = this.#deps.clock.now()
    if (this.#debts.of(uid) !== null) this.#lateUids.add(uid)
    if (this.#repaired?.uid === uid) this.#repaired = null
  }

  #secured({ uid, outcome, wantedAfi }: Extract<PadEvent, { kind: 'tag-secured' }>): void {
    const tag = this.#tagsByUid.get(uid)
    if (tag !== undefined) tag.isWorking = false
    if (outcome === 'failed') this.#failedUids.add(uid)
    if (outcome !== 'done') return
    this.#failedUids.delete(uid)
    if (tag !== undefined && tag.image !== null) tag.image = { ...tag.image, afi: wantedAfi }
    const owed = this.#debts.of(uid)
    // An older wish that was carried out late is not what is owed now.
    if (owed === null || readAfi(wantedAfi) !== owed.wanted) return
    this.#debts.pay(uid)
    if (!this.#lateUids.delete(uid)) return
    const { barcode, title } = owed
    this.#repaired = { uid, barcode, title }
  }

  /** The loan of an item changed: its tag follows, if this desk has seen it say one of the pair. */
  #followLoans(): void {
    for (const tag of this.#tagsByUid.values()) {
      const barcode = barcodeOf(tag)
      const item = tag.isOnLoan === null ? null : this.#itemOf(barcode)
      if (item === null || barcode === null) continue
      const isOnLoan = item.state === 'on-loan'
      if (isOnLoan === tag.isOnLoan) continue
      tag.isOnLoan = isOnLoan
      tag.isHandled = true
      const afi = tag.image?.afi ?? null
      if (afi === null || readAfi(afi) === 'unknown') continue
      const wanted = isOnLoan ? 'on-loan' : 'in-stock'
      const since = this.#deps.clock.now()
      const title = this.#titleOf(barcode)
      this.#debts.owe({ uid: tag.uid, barcode, title, wanted, since, hasFailed: false })
      if (!tag.isHere) this.#lateUids.add(tag.uid)
      this.#repaired = null
      this.#secure(tag.uid, wanted)
    }
  }

  #secure(uid: string, wanted: 'in-stock' | 'on-loan'): void {
    const tag = this.#tagsByUid.get(uid)
    if (tag !== undefined) tag.isWorking = tag.isHere
    const isArmed = wanted === 'in-stock'
    this.#takeJob({ kind: 'secure', uid, afi: isArmed ? AFI_IN_STOCK : AFI_ON_LOAN, isArmed })
  }

  /** Once for an item whose parts are all here, and only where one item is one set of tags. */
  #scanIfWhole(tag: SeenTag): void {
    const barcode = barcodeOf(tag)
    if (barcode === null || tag.isScanned || troubleOf(tag, this.#here()) !== null) return
    this.#scan(barcode)
  }

  #scan(barcode: string): void {
    for (const tag of this.#here()) if (barcodeOf(tag) === barcode) tag.isScanned = true
    this.#deps.scanDesk.take({ text: barcode, source: 'pad', aim: null, scanId: null })
  }

  #itemOf(barcode: string | null): Item | null {
    if (barcode === null) return null
    const found = this.#deps.stores.replica.rows.find('itemByBarcode', [barcode])
    return found.length === 1 ? (found[0] ?? null) : null
  }

  #titleOf(barcode: string | null): string | null {
    const item = this.#itemOf(barcode)
    if (item === null || item.titleId === null) return null
    return this.#deps.stores.replica.rows.row('title', item.titleId)?.title ?? null
  }

  #here(): readonly SeenTag[] {
    return [...this.#tagsByUid.values()].filter(({ isHere }) => isHere)
  }

  #remember(tag: SeenTag): void {
    this.#tagsByUid.delete(tag.uid)
    this.#tagsByUid.set(tag.uid, tag)
    for (const [uid, { isHere }] of this.#tagsByUid) {
      if (this.#tagsByUid.size <= SEEN_MAX) break
      if (!isHere) this.#tagsByUid.delete(uid)
    }
  }

  #tell(): void {
    this.#deps.announcer.announce('pad-status', this.status())
  }
}

const isMove = ({ kind }: PadEvent): boolean => kind === 'tag-on' || kind === 'tag-off'

/** Nobody brought it to lend or return it. */
const isBeingWritten = (tag: SeenTag): void => {
  tag.isWorking = true
  tag.isScanned = true
  tag.isHandled = true
  tag.isOnLoan = null
}

/** Off the pad for so long, it is brought anew. */
const SAME_VISIT_MS = 10_000

const barcodeOf = (tag: SeenTag): string | null => tag.reading?.elements.primaryItemId ?? null

const unreadTag = (uid: string, pad: string): SeenTag => ({
  uid,
  pad,
  image: null,
  reading: null,
  isHere: true,
  leftAt: null,
  isOnLoan: null,
  isHandled: false,
  isScanned: false,
  isWorking: false,
})

/** The parts of the set that do not lie here. */
const missingPartsOf = (tag: SeenTag, here: readonly SeenTag[]): number[] => {
  const parts = tag.reading?.set?.parts ?? 0
  const barcode = barcodeOf(tag)
  const present = new Set(
    here.filter((other) => barcodeOf(other) === barcode).map((other) => other.reading?.set?.part),
  )
  return Array.from({ length: parts }, (_, n) => n + 1).filter((part) => !present.has(part))
}

const troubleOf = (tag: SeenTag, here: readonly SeenTag[]): PadTag['trouble'] => {
  const { reading } = tag
  if (reading === null) return 'unreadable'
  if (reading.model === 'blank') return 'blank'
  const barcode = barcodeOf(tag)
  if (barcode === null) return 'not-a-library-tag'
  const part = reading.set?.part ?? null
  const isDouble = here.some(
    (other) =>
      other !== tag && barcodeOf(other) === barcode && (other.reading?.set?.part ?? null) === part,
  )
  if (isDouble) return 'two-of-one-item'
  return missingPartsOf(tag, here).length > 0 ? 'parts-missing' : null
}

const shapeOf = (tag: SeenTag, here: readonly SeenTag[], title: string | null): PadTag => {
  const { uid, pad, image, reading, isWorking } = tag
  const barcode = barcodeOf(tag)
  const afi = image?.afi ?? null
  return {
    uid,
    pad,
    barcode,
    title,
    model: reading?.model ?? 'unread',
    ownerIsil: reading?.elements.ownerIsil ?? null,
    usage: reading?.elements.typeOfUsage ?? null,
    part: reading?.set?.part ?? null,
    parts: reading?.set?.parts ?? null,
    security: afi === null ? null : readAfi(afi),
    afi,
    dsfid: image?.dsfid ?? null,
    memoryHex: image === null ? '' : Buffer.from(image.memory).toString('hex').slice(0, 2_048),
    trouble: troubleOf(tag, here),
    missingParts: missingPartsOf(tag, here),
    isWorking,
  }
}
