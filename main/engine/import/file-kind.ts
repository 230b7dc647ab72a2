/** What a file is, by how it begins. */
import type { ReadingFault } from '../../../domain/marc/reading-faults.ts'

/** A directory of 500 fields ends within 6 KB: what has no separator so far is no ISO 2709. */
export const HEAD_BYTES = 8192

export type FileKind =
  | { readonly format: 'iso2709' }
  | { readonly format: 'marcxml'; readonly encoding: string | null }
  | { readonly fault: ReadingFault }

const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0x00, 0x1a])
const UTF_8_MARK = [0xef, 0xbb, 0xbf] as const

const bytesOf = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))

const COMPRESSED = [
  [0x1f, 0x8b],
  bytesOf('PK\u0003\u0004'),
  bytesOf('BZh'),
  bytesOf('7z\u00bc\u00af'),
  bytesOf('Rar!'),
  [0xfd, ...bytesOf('7zXZ')],
  [0x28, 0xb5, 0x2f, 0xfd],
] as const

/** Pictures, documents and databases hold 0x1D and 0x1E by chance. */
const FOREIGN = [
  [0xff, 0xd8, 0xff],
  bytesOf('\u0089PNG'),
  bytesOf('GIF8'),
  bytesOf('%PDF'),
  bytesOf('SQLite format 3'),
  bytesOf('\u00d0\u00cf\u0011\u00e0'),
  bytesOf('RIFF'),
  bytesOf('\u007fELF'),
  bytesOf('MZ'),
] as const

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

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

/** MARCMaker's `=LDR`, dp2's and MarcEdit's worksheets, aligned listings. */
const LINE_FORMAT = /^(?:=?(?:LDR|LEADER|Leader)\b|={0,1}[0-9]{3}[ \t\\#|])/

const textFault = (body: Uint8Array): ReadingFault => {
  const start = Buffer.from(body.subarray(0, 200)).toString('latin1')
  return LINE_FORMAT.test(start) ? 'file-line-format' : 'file-not-marc'
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
  if (COMPRESSED.some((mark) => beginsWith(body, mark))) return { fault: 'file-compressed' }
  if (FOREIGN.some((mark) => beginsWith(body, mark))) return { fault: 'file-not-marc' }
  if (body[0] === 0x3c) return { format: 'marcxml', encoding: null }
  const hasSeparator = body.includes(0x1e) || body.includes(0x1d)
  return hasSeparator ? { format: 'iso2709' } : { fault: textFault(body) }
}
