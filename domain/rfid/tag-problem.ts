/** What is wrong with a tag, and where. */

export type TagProblemCode =
  /** An element ends behind the end of the memory, or its head does. */
  | 'truncated-element'
  | 'duplicate-element'
  /** The standard wants the item's identifier first; without it nothing of the tag is believed. */
  | 'no-primary-item-id'
  /** Bytes that the element's form does not allow, or control characters. */
  | 'unreadable-text'
  | 'empty-element'
  /** A readable text in a form that no correct writer chooses. */
  | 'not-canonical'
  | 'pad-not-zero'
  /** An element that the standard does not name. */
  | 'unknown-element'
  | 'unknown-usage'
  | 'set-info-form'
  /** The content parameter announces other elements than there are. */
  | 'content-parameter-differs'
  /** Behind a gap of zeros: what an earlier, longer content left there. */
  | 'bytes-after-end'
  | 'owner-missing'
  /** The form of ISO 28560-3 with another checksum: lifted while it was written. */
  | 'checksum-wrong'
  | 'unknown-afi'
  | 'unknown-dsfid'

export interface TagProblem {
  readonly code: TagProblemCode
  /** Byte in the memory; null for what lies beside it. */
  readonly offset: number | null
  /** Relative object identifier of the element, null where none is concerned. */
  readonly oid: number | null
}
