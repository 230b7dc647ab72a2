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
import { decodeTag } from '../../domain/rfid/decode-tag.ts'
import { AFI_IN_STOCK, AFI_ON_LOAN, readAfi } from '../../domain/rfid/tag-security.ts'
import type { Item } from '../../domain/records.ts'
import type { Announcer } from './announce.ts'
import type { Clock } from './clock.ts'
import type { ScanDesk } from './scan-desk.ts'
import { barcodeOf, beWritten, shapeOf, troubleOf, unreadTag } from './seen-tag.ts'
import type { SeenTag } from './seen-tag.ts'
import { CityDebts, isStillOwed } from './city-debts.ts'
import type { TellCity } from './city-debts.ts'
import { TagWrites } from './tag-writes.ts'
import { openSecurityDebts, type OwnDebt, type SecurityDebts } from './security-debts.ts'

/** Tags remembered after they were lifted: a stack, its reader's goodbye, and the next stack. */
const SEEN_MAX = 256

interface PadDeskDeps {
  readonly announcer: Announcer
  readonly scanDesk: ScanDesk
  readonly clock: Clock
  /** The city can be asked. */
  readonly isOnline: () => boolean
  readonly stores: {
    readonly replica: { readonly rows: Rows }
    readonly outbox: Pick<Outbox, 'setting' | 'saveSetting'>
  }
}

export class PadDesk {
  readonly #deps: PadDeskDeps
  readonly #debts: SecurityDebts
  readonly #cityDebts: CityDebts
  readonly #writes: TagWrites
  readonly #tagsByUid = new Map<string, SeenTag>()
  readonly #failedUids = new Set<string>()
  /** Owed when their tag was off the pad: people were told, so they are told that it is paid. */
  readonly #lateUids: Set<string>
  #takeJob: (job: TagJob) => void = () => undefined
  #isSettled = true
  #wasOnline: boolean | null = null
  /** Said until its book is taken away. */
  #repaired: (NonNullable<PadStatus['repaired']> & { readonly uid: string }) | null = null

  constructor(deps: PadDeskDeps) {
    this.#deps = deps
    this.#debts = openSecurityDebts(deps.stores.outbox)
    this.#cityDebts = new CityDebts(deps.stores.replica.rows)
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
      if (topic === 'changed') this.#changed((news as TopicNews<'changed'>).kinds)
      else if (topic === 'session') this.#tellCity()
      else if (topic === 'sync-status') this.#lineChanged()
    })
  }

  /** What tells the city of tags, as whoever is signed in. */
  useCity(tell: TellCity): void {
    this.#cityDebts.useCity(tell)
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
      tags: here.map((tag) =>
        shapeOf(tag, { here, isOnline: this.#deps.isOnline() }, this.#titleOf(barcodeOf(tag))),
      ),
      isSettled: this.#isSettled,
      debts: this.#allDebts(),
      writes: [...this.#writes.rows()],
      repaired:
        this.#repaired === null
          ? null
          : { barcode: this.#repaired.barcode, title: this.#repaired.title },
    }
  }

  #allDebts(): PadStatus['debts'] {
    const own = this.#debts.all().map(({ uid, barcode, title, wanted, since }) => {
      const hasFailed = this.#failedUids.has(uid)
      return { uid, barcode, title, wanted, since, hasFailed, toldByBranchId: null }
    })
    const uids = new Set(own.map(({ uid }) => uid))
    return [...own, ...this.#cityDebts.others(uids, (barcode) => this.#titleOf(barcode))]
  }

  /** Writes the one tag that lies there for this item, or says why not. */
  write(request: AskOf<'write-tag'>): AnswerOf<'write-tag'> {
    const here = this.#here()
    const outcome = this.#writes.write(request, here)
    // Its old content is no item of a reader's stack any more.
    if (outcome === 'writing') for (const tag of here) beWritten(tag)
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
      .filter((tag) => !tag.isHandled && this.#troubleOf(tag, here) === null)
      .flatMap((tag) => barcodeOf(tag) ?? [])
    const offered = [...new Set(waiting)].filter((barcode) => barcodes.includes(barcode))
    for (const barcode of offered) this.#scan(barcode)
    return offered.length
  }

  /** Scans an item whose parts are not all there; false: no such set lies there. */
  takeParts(barcode: string): boolean {
    const here = this.#here()
    const isSet = here.some(
      (tag) => barcodeOf(tag) === barcode && this.#troubleOf(tag, here) === 'parts-missing',
    )
    if (isSet) this.#scan(barcode)
    return isSet
  }

  #changed(kinds: TopicNews<'changed'>['kinds']): void {
    const isAboutItems = kinds.includes('item') && this.#tagsByUid.size > 0
    if (isAboutItems) this.#followLoans()
    if (isAboutItems || kinds.includes('tag-debt')) this.#tell()
  }

  /** What waited for the line is done when it is back. */
  #lineChanged(): void {
    const isOnline = this.#deps.isOnline()
    if (isOnline === this.#wasOnline || this.#tagsByUid.size === 0) return
    this.#wasOnline = isOnline
    for (const tag of this.#here()) this.#scanIfWhole(tag)
    this.#tell()
  }

  /** What this tag owes, told here or elsewhere; null too where its item was lent or returned since. */
  #owedBy({ uid, afi }: TagImage, item: Item | null): OwnDebt | null {
    const own = this.#debts.of(uid)
    if (own !== null) {
      if (item === null || isStillOwed(own, item)) return own
      this.#debts.pay(uid)
      this.#lateUids.delete(uid)
      this.#cityDebts.settle(uid, own.barcode, own.wanted)
      return null
    }
    const told = this.#cityDebts.of(uid)
    if (told === null || item === null || item.barcode !== told.barcode) return null
    if (afi === null || readAfi(afi) === 'unknown' || !isStillOwed(told, item)) return null
    const { barcode, wanted, since } = told
    const title = this.#titleOf(barcode)
    const debt = { uid, barcode, title, wanted, since, hasFailed: false, isTold: true }
    this.#debts.owe(debt)
    this.#lateUids.add(uid)
    return debt
  }

  /** Debts whose tags are away: any desk may have them next. */
  #tellCity(): void {
    for (const debt of this.#debts.all()) {
      if (debt.isTold || this.#tagsByUid.get(debt.uid)?.isHere === true) continue
      // Before it is told: telling it is itself news that leads here.
      this.#debts.owe({ ...debt, isTold: true })
      if (!this.#cityDebts.owe(debt.uid, debt.barcode, debt.wanted)) this.#debts.owe(debt)
    }
  }

  #laidDown({ pad, tag: image }: Extract<PadEvent, { kind: 'tag-on' }>): void {
    const { uid, memory, dsfid, afi } = image
    const before = this.#tagsByUid.get(uid)
    const reading = decodeTag({ memory, dsfid, afi })
    const item = this.#itemOf(reading.elements.primaryItemId)
    const isOnLoan = item === null ? null : item.state === 'on-loan'
    const owed = this.#owedBy(image, item)
    // Brought for the gate's sake, not to be lent or returned.
    const isForGate = owed !== null && this.#deps.clock.now() - owed.since < GATE_VISIT_MS
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
      isHandled: (isSameVisit && before.isHandled) || isForGate,
      isScanned: isSameVisit || isForGate,
      isWorking: false,
    })
    if (owed !== null) this.#secure(uid, owed.wanted)
    const seen = this.#tagsByUid.get(uid)
    if (this.#writes.laidDown(image) && seen !== undefined) beWritten(seen)
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
    this.#tellCity()
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
    const { barcode, title, wanted } = owed
    this.#debts.pay(uid)
    this.#cityDebts.settle(uid, barcode, wanted)
    if (!this.#lateUids.delete(uid)) return
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
      const now = this.#deps.clock.now()
      // Lent or returned at another desk, whose pad sees to it.
      if (!tag.isHere && now - (tag.leftAt ?? now) > LIFTED_EARLY_MS) continue
      const wanted = isOnLoan ? 'on-loan' : 'in-stock'
      const title = this.#titleOf(barcode)
      const debt = { uid: tag.uid, barcode, title, wanted, since: now } as const
      this.#debts.owe({ ...debt, hasFailed: false, isTold: false })
      if (!tag.isHere) this.#lateUids.add(tag.uid)
      this.#repaired = null
      this.#secure(tag.uid, wanted)
    }
    this.#tellCity()
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
    if (barcode === null || tag.isScanned || this.#troubleOf(tag, this.#here()) !== null) return
    this.#scan(barcode)
  }

  #scan(barcode: string): void {
    for (const tag of this.#here()) if (barcodeOf(tag) === barcode) tag.isScanned = true
    this.#deps.scanDesk.take({ text: barcode, source: 'pad', aim: null, scanId: null })
  }

  #troubleOf(tag: SeenTag, here: readonly SeenTag[]): PadTag['trouble'] {
    return troubleOf(tag, { here, isOnline: this.#deps.isOnline() })
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

/** A reader who was stopped at the gate is back sooner; later a book comes to be returned. */
const GATE_VISIT_MS = 3_600_000

/** Lifted so shortly before its loan, it was this desk's. */
const LIFTED_EARLY_MS = 180_000

/** Off the pad for so long, it is brought anew. */
const SAME_VISIT_MS = 10_000
