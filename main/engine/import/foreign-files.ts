/** Files that are no records, by how they begin: each is refused by its name. */
import type { ReadingFault } from '../../../domain/marc/reading-faults.ts'

type Mark = readonly number[]

const bytesOf = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0))

/** They hold 0x1D and 0x1E by chance, so they are looked for before separators are. */
const MARKS: readonly (readonly [mark: Mark, fault: ReadingFault])[] = [
  [bytesOf('BZh'), 'file-bzip2'],
  [bytesOf('7z\u00bc\u00af'), 'file-7z'],
  [bytesOf('Rar!'), 'file-rar'],
  [[0xfd, ...bytesOf('7zXZ')], 'file-xz'],
  [[0xff, 0xd8, 0xff], 'file-picture'],
  [bytesOf('\u0089PNG'), 'file-picture'],
  [bytesOf('GIF8'), 'file-picture'],
  [bytesOf('II*\u0000'), 'file-picture'],
  [bytesOf('MM\u0000*'), 'file-picture'],
  [bytesOf('%PDF'), 'file-pdf'],
  [bytesOf('{\\rtf'), 'file-document'],
  [bytesOf('SQLite format 3'), 'file-database'],
  [bytesOf('\u0000\u0001\u0000\u0000Standard '), 'file-database'],
  // Word, Excel and Access of before 2007.
  [bytesOf('\u00d0\u00cf\u0011\u00e0'), 'file-document'],
  [bytesOf('RIFF'), 'file-not-marc'],
  [bytesOf('\u007fELF'), 'file-not-marc'],
  [bytesOf('MZ'), 'file-not-marc'],
]

export const beginsWith = (bytes: Uint8Array, mark: Mark): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

const ZIP = [bytesOf('PK\u0003\u0004'), bytesOf('PK\u0005\u0006')]
const TAR = bytesOf('ustar')
const TAR_AT = 257
const latin1Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** A workbook is a zip that names its parts. */
const zipFault = (head: Uint8Array): ReadingFault => {
  const names = latin1Of(head)
  return names.includes('[Content_Types].xml') || names.includes('mimetypeapplication/vnd.oasis')
    ? 'file-document'
    : 'file-zip'
}

/** `head` as it is in the file, `body` without what stands before its first sign; null where it may be records. */
export function binaryFault(head: Uint8Array, body: Uint8Array): ReadingFault | null {
  if (ZIP.some((mark) => beginsWith(body, mark))) return zipFault(body)
  if (beginsWith(head.subarray(TAR_AT), TAR)) return 'file-tar'
  const found = MARKS.find(([mark]) => beginsWith(body, mark) || beginsWith(head, mark))
  return found?.[1] ?? null
}

/** MARCMaker's and MarcEdit's worksheet. */
const MNEMONIC = /^=(?:LDR|[0-9A-Z]{3})[ \t]{2}/m
/** Aleph: system number, tag with indicators, alphabet, field. */
const ALEPH = /^\d{9} (?:LDR|FMT|[0-9A-Z]{3}.{0,2}) +[A-Z] ?/m
/** dp2's worksheet, aligned listings, and what a screen of an OPAC copies. */
const LISTING = /^(?:=?(?:LDR|LEADER|Leader)\b|={0,1}[0-9]{3}[ \t\\#|])/
const HTML = /^<(?:!doctype html|html|head|body)\b/i
const JSON_START = /^[[{]/
const JSON_RECORD = /"(?:leader|fields|marc)"\s*:/i
/** A first line of at least two names, as a spreadsheet writes it. */
const TABLE = /^[^\n\r]{1,2000}?(?:,|;|\t)[^\n\r]*(?:\r?\n|$)/

/** Of a file without the separators of ISO 2709. */
export function textFault(body: Uint8Array): ReadingFault {
  const text = new TextDecoder().decode(body.subarray(0, 4000))
  if (HTML.test(text)) return 'file-html'
  if (JSON_START.test(text)) return JSON_RECORD.test(text) ? 'file-marc-in-json' : 'file-json'
  if (MNEMONIC.test(text)) return 'file-mnemonic'
  if (ALEPH.test(text)) return 'file-aleph-sequential'
  if (LISTING.test(text)) return 'file-line-format'
  return TABLE.test(text) && !text.includes('\u0000') ? 'file-table' : 'file-not-marc'
}

/** A page of a catalogue instead of its records; XML may as well begin with `<html` in small letters. */
export const isHtml = (body: Uint8Array): boolean => HTML.test(latin1Of(body.subarray(0, 200)))
