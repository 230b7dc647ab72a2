/**
 * ISO 28560-2 (GB/T 35660.2): data elements in the encoding of ISO/IEC 15962, reading side.
 *
 * One element: precursor `[offset:1][compaction:3][OID:4]`, `OID − 15` where the nibble is 15, the
 * number of pad bytes where the offset bit is set, length, content, pad bytes. 00 is no element.
 */
import { hasControlCharacter } from '../words/code-text.ts'
import { COMPACTION, extract } from './compaction.ts'
import type { Compaction } from './compaction.ts'
import { decodeIsil } from './isil-code.ts'
import { decodeContentParameter, ELEMENT_OIDS, elementName, noElements } from './tag-elements.ts'
import type { ElementName, TagElements } from './tag-elements.ts'
import type { TagProblem, TagProblemCode } from './tag-problem.ts'

export const OID_PRIMARY = 1
export const OID_CONTENT_PARAMETER = 2
const OID_EXTENDED = 15
/** Elements whose application-defined form is the ISIL code. */
export const ISIL_OIDS: ReadonlySet<number> = new Set([
  ELEMENT_OIDS.ownerIsil,
  ELEMENT_OIDS.illBorrowerIsil,
])

/** An element as it lies in memory. */
export interface RawElement {
  readonly oid: number
  readonly compaction: Compaction
  readonly offset: number
  readonly content: Uint8Array
  readonly padCount: number
  readonly isPadZero: boolean
  /** First byte behind it. */
  readonly end: number
}

export interface Walk {
  readonly elements: readonly RawElement[]
  /** Where the walk could not go on; null: it reached the end. */
  readonly brokenAt: number | null
  /** The break came behind a gap of zeros: what stands before the gap is whole. */
  readonly isBrokenBehindGap: boolean
}

/** One element at `offset`; null where it does not fit into the memory. */
const elementAt = (memory: Uint8Array, offset: number): RawElement | null => {
  const precursor = memory[offset] ?? 0
  let at = offset + 1
  let oid = precursor & 0x0f
  if (oid === OID_EXTENDED) {
    oid += memory[at] ?? 0
    at += 1
  }
  let padCount = 0
  if ((precursor & 0x80) !== 0) {
    padCount = memory[at] ?? 0
    at += 1
  }
  if (at >= memory.length) return null
  const length = memory[at] ?? 0
  const from = at + 1
  const end = from + length + padCount
  if (end > memory.length) return null
  return {
    oid,
    compaction: ((precursor >> 4) & 7) as Compaction,
    offset,
    content: memory.slice(from, from + length),
    padCount,
    isPadZero: memory.subarray(from + length, end).every((byte) => byte === 0),
    end,
  }
}

/** Each step consumes at least one byte, so any memory ends it. */
export const walkElements = (memory: Uint8Array): Walk => {
  const elements: RawElement[] = []
  let isBehindGap = false
  for (let at = 0; at < memory.length;) {
    if (memory[at] === 0) {
      isBehindGap = true
      at += 1
      continue
    }
    const element = elementAt(memory, at)
    const isTwin = elements.some((other) => other.oid === element?.oid)
    if (element === null || (isTwin && isBehindGap)) {
      return { elements, brokenAt: at, isBrokenBehindGap: isBehindGap }
    }
    elements.push(element)
    at = element.end
  }
  return { elements, brokenAt: null, isBrokenBehindGap: false }
}

interface ReadText {
  readonly text: string | null
  readonly problem: TagProblemCode | null
}

/** Written as numeric, integer or octet by different makers; all mean two hexadecimal digits. */
const readUsage = ({ compaction, content }: RawElement): ReadText => {
  const isByte = compaction === COMPACTION.applicationDefined || compaction === COMPACTION.octets
  if (isByte) {
    return content.length === 1
      ? { text: hexByte(content[0] ?? 0), problem: null }
      : { text: null, problem: 'unreadable-text' }
  }
  const text = extract(compaction, content)?.text.toUpperCase() ?? ''
  return /^[0-9A-F]{1,2}$/.test(text)
    ? { text: text.padStart(2, '0'), problem: null }
    : { text: null, problem: 'unreadable-text' }
}

const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')

/** Makers fill fixed fields with NUL. */
const withoutTrailingNul = (bytes: Uint8Array): Uint8Array => {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return bytes.subarray(0, end)
}

export const readElementText = (element: RawElement): ReadText => {
  const { oid, compaction, content } = element
  if (content.length === 0) return { text: null, problem: 'empty-element' }
  if (oid === ELEMENT_OIDS.typeOfUsage) return readUsage(element)
  if (compaction === COMPACTION.applicationDefined) {
    if (!ISIL_OIDS.has(oid)) return { text: null, problem: 'unreadable-text' }
    const text = decodeIsil(content)
    return text === '' ? { text: null, problem: 'empty-element' } : { text, problem: null }
  }
  const isText = compaction === COMPACTION.octets || compaction === COMPACTION.utf8
  const bytes = isText ? withoutTrailingNul(content) : content
  if (bytes.length === 0) return { text: null, problem: 'empty-element' }
  const extracted = extract(compaction, bytes)
  if (extracted === null || hasControlCharacter(extracted.text)) {
    return { text: null, problem: 'unreadable-text' }
  }
  const isAsWritten = extracted.isCanonical && bytes.length === content.length
  return { text: extracted.text, problem: isAsWritten ? null : 'not-canonical' }
}

export interface LibraryElements {
  readonly isRefused: boolean
  /** All null where refused. */
  readonly elements: TagElements
  /** OIDs the content parameter announces; null: the tag has none. */
  readonly announcedOids: readonly number[] | null
  readonly problems: readonly TagProblem[]
}

/** Broken before any gap, twice the same element, or (with an identifier) not led by a readable one. */
const refusalOf = (walk: Walk, wantsPrimary: boolean): TagProblem | null => {
  if (walk.brokenAt !== null && !walk.isBrokenBehindGap) {
    return { code: 'truncated-element', offset: walk.brokenAt, oid: null }
  }
  const twin = walk.elements.find((one) =>
    walk.elements.some((other) => other.oid === one.oid && other.offset < one.offset),
  )
  if (twin !== undefined) return { code: 'duplicate-element', offset: twin.offset, oid: twin.oid }
  if (!wantsPrimary) return null
  const first = walk.elements[0]
  if (first === undefined || first.offset !== 0 || first.oid !== OID_PRIMARY) {
    return { code: 'no-primary-item-id', offset: 0, oid: null }
  }
  const { text, problem } = readElementText(first)
  return text === null ? { code: problem ?? 'unreadable-text', offset: 0, oid: OID_PRIMARY } : null
}

const isAnnouncedAsIs = (
  announced: readonly number[],
  elements: readonly RawElement[],
): boolean => {
  const present = elements.map(({ oid }) => oid).filter((oid) => oid >= 3)
  return present.length === announced.length && present.every((oid) => announced.includes(oid))
}

/**
 * Reads a whole memory. A UHF user bank holds no identifier (`wantsPrimary` false). Never throws;
 * a memory that is not of this standard is refused with the reason as its only problem.
 */
export const decodeLibraryElements = (
  memory: Uint8Array,
  wantsPrimary: boolean,
): LibraryElements => {
  const walk = walkElements(memory)
  const refusal = refusalOf(walk, wantsPrimary)
  if (refusal !== null) {
    return { isRefused: true, elements: noElements, announcedOids: null, problems: [refusal] }
  }
  const texts: Partial<Record<ElementName, string | null>> = {}
  const problems: TagProblem[] = []
  let announcedOids: readonly number[] | null = null
  for (const element of walk.elements) {
    const { oid, offset } = element
    const tell = (code: TagProblemCode): number => problems.push({ code, offset, oid })
    if (!element.isPadZero) tell('pad-not-zero')
    const name = elementName(oid)
    if (oid === OID_CONTENT_PARAMETER) {
      announcedOids = decodeContentParameter(element.content)
      if (!isAnnouncedAsIs(announcedOids, walk.elements)) tell('content-parameter-differs')
    } else if (name === null) {
      tell('unknown-element')
    } else {
      const { text, problem } = readElementText(element)
      texts[name] = text
      if (problem !== null) tell(problem)
    }
  }
  if (walk.brokenAt !== null) {
    problems.push({ code: 'bytes-after-end', offset: walk.brokenAt, oid: null })
  }
  return { isRefused: false, elements: { ...noElements, ...texts }, announcedOids, problems }
}
