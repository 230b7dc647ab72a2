/** What a file is, by how it begins. */
import type { ReadingFault } from '../../../domain/marc/reading-faults.ts'
import { beginsWith, binaryFault, isHtml, textFault } from './foreign-files.ts'

/** A directory of 500 fields ends within 6 KB: what has no separator so far is no ISO 2709. */
export const HEAD_BYTES = 8192

export type FileKind =
  | { readonly format: 'iso2709' }
  | { readonly format: 'marcxml'; readonly encoding: string | null }
  | { readonly fault: ReadingFault }

const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0x00, 0x1a])
const UTF_8_MARK = [0xef, 0xbb, 0xbf] as const

const isUtf16 = (head: Uint8Array, odd: 0 | 1): boolean =>
  [0, 2, 4, 6, 8].every((at) => head[at + odd] === 0 && head[at + 1 - odd] !== 0)

/** Of a file in 16 bits a character; null where it is in bytes. */
const utf16Of = (head: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (beginsWith(head, [0xff, 0xfe]) || isUtf16(head, 1)) return 'utf-16le'
  return beginsWith(head, [0xfe, 0xff]) || isUtf16(head, 0) ? 'utf-16be' : null
}

const withoutBlanks = (head: Uint8Array): Uint8Array => {
  const start = beginsWith(head, UTF_8_MARK) ? UTF_8_MARK.length : 0
  const from = head.findIndex((byte, at) => at >= start && !BLANKS.has(byte))
  return from === -1 ? head.subarray(head.length) : head.subarray(from)
}

/** `isWhole`: the file ends within `head`. */
export function fileKind(head: Uint8Array, isWhole: boolean): FileKind {
  const utf16 = utf16Of(head)
  if (utf16 !== null) {
    const text = new TextDecoder(utf16).decode(head.subarray(0, 200))
    // ISO 2709 does not count in 16 bits: cut at bytes, every record of it would be refused in vain.
    return text.trimStart().startsWith('<')
      ? { format: 'marcxml', encoding: utf16 }
      : { fault: 'encoding-utf-16' }
  }
  const body = withoutBlanks(head)
  if (body.length === 0) return isWhole ? { fault: 'file-empty' } : { format: 'iso2709' }
  const fault = binaryFault(head, body)
  if (fault !== null) return { fault }
  if (isHtml(body)) return { fault: 'file-html' }
  if (body[0] === 0x3c) return { format: 'marcxml', encoding: null }
  const hasSeparator = body.includes(0x1e) || body.includes(0x1d)
  return hasSeparator ? { format: 'iso2709' } : { fault: textFault(body) }
}
