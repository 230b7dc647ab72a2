/** What a pad can do with the tags on it, whatever its protocol. */

/** 16 lower-case hex digits, the manufacturer's `e004…` first. */
export type TagUid = string

export interface TagSighting {
  readonly uid: TagUid
  /** null: the pad's inventory does not say. */
  readonly dsfid: number | null
}

export interface TagFacts {
  /** null: the pad cannot ask. */
  readonly afi: number | null
  readonly dsfid: number | null
  readonly blockCount: number
  readonly blockBytes: number
}

export type PadFailureKind =
  /** No answer in time. */
  | 'silent'
  /** The device is not there any more. */
  | 'gone'
  /** The tag did not answer: lifted, shielded, in a collision. */
  | 'no-tag'
  /** The tag or the pad said no: a locked block, an unknown command. */
  | 'refused'
  /** This pad cannot tell tags apart, and there is not exactly one. */
  | 'not-exactly-one'
  /** This pad has no such command. */
  | 'unsupported'
  /** An answer that makes no sense. */
  | 'bad-answer'

/** The only thing a PadDriver rejects with. */
export class PadFailure extends Error {
  readonly kind: PadFailureKind

  constructor(kind: PadFailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PadFailure'
    this.kind = kind
  }
}

export interface PadDriver {
  readonly name: string
  /** Asks for the version, which is what proves that this pad speaks this protocol; any text. */
  probe(): Promise<string>
  inventory(): Promise<readonly TagSighting[]>
  describe(uid: TagUid): Promise<TagFacts>
  /** `count` blocks from block `first`, as they lie in the tag's memory. */
  read(uid: TagUid, first: number, count: number): Promise<Uint8Array>
  /** One block. */
  write(uid: TagUid, block: number, bytes: Uint8Array): Promise<void>
  setAfi(uid: TagUid, afi: number): Promise<void>
  setDsfid(uid: TagUid, dsfid: number): Promise<void>
  /** The alarm bit that only some tags have; rejects `unsupported` where pad or tag has none. */
  setEas(uid: TagUid, isOn: boolean): Promise<void>
  resetField(): Promise<void>
  /** Every input report of the pad goes in here. */
  receive(report: Uint8Array): void
}

export const uidToBytes = (uid: TagUid): Uint8Array => Uint8Array.from(Buffer.from(uid, 'hex'))

export const bytesToUid = (bytes: Uint8Array): TagUid => Buffer.from(bytes).toString('hex')

/** Some pads speak least significant byte first, as the air interface does. */
export const reversed = (bytes: Uint8Array): Uint8Array => bytes.toReversed()
