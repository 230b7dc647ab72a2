/** One tag's memory, of whatever model: what it is, what it says, what is wrong with it. */
import { decodeDanishTag, isTornDanishTag } from './iso-28560-3.ts'
import type { BlockOrder } from './iso-28560-3.ts'
import { decodeLibraryElements } from './iso-28560-2.ts'
import { decode3mTag, isBlankMemory } from './legacy-3m.ts'
import { ELEMENT_OIDS, noElements, readSetInfo } from './tag-elements.ts'
import type { TagElements, TagSet } from './tag-elements.ts'
import type { TagProblem } from './tag-problem.ts'
import { DSFID_LIBRARY, readAfi } from './tag-security.ts'
import type { TagSecurity } from './tag-security.ts'
import { decodeUniqueItemId, decodeUserBank } from './uhf-tag.ts'
import { readTypeOfUsage } from './type-of-usage.ts'
import type { TypeOfUsage } from './type-of-usage.ts'

/** `garbage`: of no model we read; not one of its bytes is believed. */
export type TagModel = 'iso-28560-2' | 'iso-28560-3' | 'iso-28560-4' | '3m' | 'blank' | 'garbage'

export interface ReadableTag {
  /** User memory from block 0. */
  readonly memory: Uint8Array
  /** null: the reader did not say. */
  readonly dsfid: number | null
  readonly afi: number | null
}

export interface TagReading {
  readonly model: TagModel
  readonly elements: TagElements
  readonly set: TagSet | null
  readonly usage: TypeOfUsage | null
  /** null: no AFI was given. */
  readonly security: TagSecurity | null
  /** Write back in the same; null for models with one order only. */
  readonly blockOrder: BlockOrder | null
  /** UHF only: the identifier of bank 01 behind the control word. */
  readonly uniqueItemId: string | null
  readonly problems: readonly TagProblem[]
}

/** Of a UHF tag, whose elements lie apart. */
export type UhfBank = 'identifier' | 'user'

type Found = Pick<TagReading, 'model' | 'elements' | 'blockOrder' | 'problems'>

/** What carries a checksum comes first; what has the fewest fixed bytes comes last. */
const recognise = (memory: Uint8Array): Found => {
  const empty = { elements: noElements, blockOrder: null, problems: [] }
  if (isBlankMemory(memory)) return { ...empty, model: 'blank' }
  const danish = decodeDanishTag(memory)
  if (danish !== null) return { model: 'iso-28560-3', ...danish }
  const legacy = decode3mTag(memory)
  if (legacy !== null) return { ...empty, model: '3m', elements: legacy }
  if (isTornDanishTag(memory)) {
    const torn: TagProblem = { code: 'checksum-wrong', offset: 19, oid: null }
    return { ...empty, model: 'garbage', problems: [torn] }
  }
  const { isRefused, elements, problems } = decodeLibraryElements(memory, true)
  return { model: isRefused ? 'garbage' : 'iso-28560-2', elements, blockOrder: null, problems }
}

const doubtsAbout = (found: Found, { dsfid, afi }: ReadableTag): TagProblem[] => {
  const { elements, model } = found
  const doubts: TagProblem[] = []
  // A UHF tag names its owner in the identifier.
  const wantsOwner = model === 'iso-28560-2' || model === 'iso-28560-3' || model === '3m'
  const { setInfo, typeOfUsage } = elements
  if (typeOfUsage !== null && readTypeOfUsage(typeOfUsage) === null) {
    doubts.push({ code: 'unknown-usage', offset: null, oid: ELEMENT_OIDS.typeOfUsage })
  }
  if (setInfo !== null && readSetInfo(setInfo) === null) {
    doubts.push({ code: 'set-info-form', offset: null, oid: ELEMENT_OIDS.setInfo })
  }
  if (wantsOwner && elements.ownerIsil === null && elements.alternativeOwner === null) {
    doubts.push({ code: 'owner-missing', offset: null, oid: ELEMENT_OIDS.ownerIsil })
  }
  if (model === 'iso-28560-2' && dsfid !== null && dsfid !== DSFID_LIBRARY) {
    doubts.push({ code: 'unknown-dsfid', offset: null, oid: null })
  }
  if (afi !== null && readAfi(afi) === 'unknown') {
    doubts.push({ code: 'unknown-afi', offset: null, oid: null })
  }
  return doubts
}

const readingOf = (found: Found, tag: ReadableTag, uniqueItemId: string | null): TagReading => {
  const { setInfo, typeOfUsage } = found.elements
  return {
    model: found.model,
    elements: found.elements,
    set: setInfo === null ? null : readSetInfo(setInfo),
    usage: typeOfUsage === null ? null : readTypeOfUsage(typeOfUsage),
    security: tag.afi === null ? null : readAfi(tag.afi),
    blockOrder: found.blockOrder,
    uniqueItemId,
    problems: [...found.problems, ...doubtsAbout(found, tag)],
  }
}

/** Never throws, whatever the bytes. */
export const decodeTag = (tag: ReadableTag): TagReading =>
  readingOf(recognise(tag.memory), tag, null)

/** One bank of a UHF tag: the identifier behind its control word, or user memory from its DSFID. */
export const decodeUhfBank = (bank: UhfBank, tag: ReadableTag): TagReading => {
  const refused: TagProblem = { code: 'unreadable-text', offset: 0, oid: null }
  const garbage: Found = {
    model: 'garbage',
    elements: noElements,
    blockOrder: null,
    problems: [refused],
  }
  if (bank === 'identifier') {
    const id = decodeUniqueItemId(tag.memory)
    const found: Found = id === null ? garbage : { ...garbage, model: 'iso-28560-4', problems: [] }
    return readingOf(found, tag, id)
  }
  const user = decodeUserBank(tag.memory)
  if (user === null) return readingOf(garbage, tag, null)
  const { isRefused, elements, problems } = user
  const model = isRefused ? 'garbage' : 'iso-28560-4'
  return readingOf({ model, elements, blockOrder: null, problems }, tag, null)
}
