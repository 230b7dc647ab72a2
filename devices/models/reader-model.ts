import type { HidInfo } from '../hid-port.ts'
import type { ReportDescriptor } from '../report-descriptor.ts'

/** A piece of one code, as one report carried it. */
export interface ChunkEvent {
  readonly kind: 'chunk'
  readonly bytes: Uint8Array
  /** AIM symbology identifier (`]C0`); null where the layout has none or the scanner left it blank. */
  readonly aim: string | null
  readonly isContinued: boolean
  /** The chunk uses all the room of its report: only then may a code end without saying so. */
  readonly isFull: boolean
  /** The count byte promised more than a report can hold and was cut to what it holds. */
  readonly isClamped: boolean
}

export type IgnoredReason =
  | 'empty-report'
  | 'short-report'
  | 'other-report-id'
  | 'command-answer'
  | 'nothing-decoded'

/** A report that is not part of a code. Counted and shown, never delivered. */
export interface IgnoredEvent {
  readonly kind: 'ignored'
  readonly reason: IgnoredReason
}

export type ReaderEvent = ChunkEvent | IgnoredEvent

export interface ReaderModel {
  readonly name: string
  /** 0: not mine. The highest answer wins; see models/index.ts for the scale. */
  match(info: HidInfo, descriptor: ReportDescriptor | null): number
  /** Pure; never throws, whatever the bytes. Bytes of the answer are copies. */
  parse(report: Uint8Array, descriptor: ReportDescriptor | null): readonly ReaderEvent[]
  /** The output report that makes it beep, null where none is known to be safe for this maker. */
  encodeBeep(isGood: boolean): Uint8Array | null
  /** The output report that starts or stops reading, null likewise. */
  encodeTrigger(isOn: boolean): Uint8Array | null
}

/** How sure `match` is. A maker's own layout beats the general reading only if they agree. */
export const MATCH = {
  none: 0,
  /** POS page, nothing else known. */
  fallback: 10,
  /** Known maker, but the system shows no descriptor to confirm its layout. */
  maker: 50,
  /** The descriptor says where everything is. */
  byDescriptor: 60,
  /** The descriptor has this model's very layout. */
  sameLayout: 70,
  /** … and the maker is known as well. */
  makerAndLayout: 90,
} as const
