/** Bytes of a record → text, by encoding; what could not be read is told, never dropped. */
import iconv from 'iconv-lite'

import type { MarcEncoding } from '../../../domain/marc/marc-encodings.ts'
import type { DecodeFields, DecodeText, FieldPlace } from '../../../domain/marc/iso2709.ts'
import { decodeIso5426 } from '../../../domain/marc/iso-5426.ts'
import { createMarc8Decoder } from '../../../domain/marc/marc-8.ts'
import type { EncodeText } from '../../../domain/marc/iso2709-writer.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
export const decodeUtf8: DecodeFields = (bytes) => utf8.decode(bytes)
const decodeGb18030: DecodeFields = (bytes) => iconv.decode(bytes, 'gb18030', { stripBOM: false })

/** Big5 with its Hong Kong additions, as browsers read it. */
const decodeBig5: DecodeFields = (bytes) => iconv.decode(bytes, 'big5hkscs', { stripBOM: false })
const windows1252 = new TextDecoder('windows-1252')

const decoders: Readonly<Record<Exclude<MarcEncoding, 'marc-8'>, DecodeFields>> = {
  'utf-8': decodeUtf8,
  gb18030: decodeGb18030,
  big5: decodeBig5,
  'iso-5426': decodeIso5426,
  'windows-1252': (bytes) => windows1252.decode(bytes),
}

/** `report` is called for each piece of text that holds bytes the encoding cannot read. */
export function textDecoder(
  encoding: MarcEncoding,
  report: (place: FieldPlace) => void,
): DecodeText {
  if (encoding === 'marc-8') return createMarc8Decoder((_problem, place) => report(place))
  const decode = decoders[encoding]
  return (bytes, place) => {
    const text = decode(bytes)
    if (text.includes('\ufffd')) report(place)
    return text
  }
}

/** Null for sets whose escapes or marks hold until the end of a subfield. */
export function fieldsDecoder(encoding: MarcEncoding): DecodeFields | null {
  return encoding === 'marc-8' || encoding === 'iso-5426' ? null : decoders[encoding]
}

const encoder = new TextEncoder()

const encodeUtf8: EncodeText = (text) => ({
  bytes: encoder.encode(text),
  unmappable: text.isWellFormed() ? [] : loneSurrogates(text),
})

function loneSurrogates(text: string): { index: number; character: string }[] {
  return [...text.matchAll(/\p{Surrogate}/gu)].map((match) => ({
    index: match.index,
    character: match[0],
  }))
}

/** iconv-lite writes GB 18030-2005; it lacks nothing but lone surrogates. */
const encodeGb18030: EncodeText = (text) => ({
  bytes: new Uint8Array(iconv.encode(text, 'gb18030')),
  unmappable: text.isWellFormed() ? [] : loneSurrogates(text),
})

/** Read back as import reads it: what comes back as something else cannot be written. */
const encodeGbk: EncodeText = (text) => {
  const bytes = new Uint8Array(iconv.encode(text, 'gbk'))
  if (decodeGb18030(bytes) === text) return { bytes, unmappable: [] }
  const unmappable: { index: number; character: string }[] = []
  let index = 0
  for (const character of text) {
    if (decodeGb18030(iconv.encode(character, 'gbk')) !== character) {
      unmappable.push({ index, character })
    }
    index += character.length
  }
  return { bytes, unmappable }
}

export type WrittenEncoding = 'utf-8' | 'gb18030' | 'gbk'

const encoders: Readonly<Record<WrittenEncoding, EncodeText>> = {
  'utf-8': encodeUtf8,
  gb18030: encodeGb18030,
  gbk: encodeGbk,
}

export const textEncoder = (encoding: WrittenEncoding): EncodeText => encoders[encoding]
