/** One title → the bytes it takes in an exported file, or a refusal that names the place. */
import { withEncodingFlag } from '../../../domain/marc/encoding.ts'
import { writeRecord } from '../../../domain/marc/iso2709-writer.ts'
import type { UnmappablePlace } from '../../../domain/marc/iso2709-writer.ts'
import { isDataField } from '../../../domain/marc/marc-record.ts'
import type { MarcField, MarcProfileName, MarcRecord } from '../../../domain/marc/marc-record.ts'
import { MARC_XML_FOOTER, MARC_XML_HEADER, recordToMarcXml } from '../../../domain/marc/marc-xml.ts'
import { textEncoder } from '../import/text-decoders.ts'
import type { WrittenEncoding } from '../import/text-decoders.ts'

export interface RecordForm {
  readonly format: 'iso2709' | 'marcxml'
  readonly encoding: WrittenEncoding
}

export interface RecordRefusal {
  readonly reason: string
  /** Null where the whole record is meant. */
  readonly tag: string | null
  /** Characters that the encoding lacks, each with its field, subfield and place in the value. */
  readonly unmappable: readonly UnmappablePlace[]
}

/** Around the records of a file. */
export function framing({ format, encoding }: RecordForm): { before: string; after: string } {
  if (format === 'iso2709') return { before: '', after: '' }
  const before = MARC_XML_HEADER.replace('UTF-8', encoding.toUpperCase())
  return { before, after: MARC_XML_FOOTER }
}

export function encodeRecord(
  record: MarcRecord,
  profile: MarcProfileName,
  { format, encoding }: RecordForm,
): Uint8Array | RecordRefusal {
  const encode = textEncoder(encoding)
  const flagged = withEncodingFlag(record, profile, encoding === 'utf-8' ? 'utf-8' : 'gb18030')
  if (format === 'iso2709') {
    const written = writeRecord(flagged, encode)
    return 'refused' in written ? written.refused : written.bytes
  }
  const written = recordToMarcXml(flagged)
  if ('refused' in written) {
    const { reason, tag } = written.refused
    return { reason, tag, unmappable: [] }
  }
  const { bytes, unmappable } = encode(written.xml)
  if (unmappable.length === 0) return bytes
  const places = unmappablePlaces(flagged.fields, encode)
  return { reason: 'unmappable-characters', tag: places[0]?.tag ?? null, unmappable: places }
}

/** XML's text is one: the places are sought in the fields it was made of. */
function unmappablePlaces(
  fields: readonly MarcField[],
  encode: ReturnType<typeof textEncoder>,
): UnmappablePlace[] {
  const occurrenceByTag = new Map<string, number>()
  return fields.flatMap((field) => {
    const { tag } = field
    const occurrence = occurrenceByTag.get(tag) ?? 0
    occurrenceByTag.set(tag, occurrence + 1)
    const texts = isDataField(field)
      ? [{ code: null, value: field.indicators }, ...field.subfields]
      : [{ code: null, value: field.value }]
    return texts.flatMap(({ code, value }) =>
      encode(value).unmappable.map((place) => ({ tag, occurrence, code, ...place })),
    )
  })
}
