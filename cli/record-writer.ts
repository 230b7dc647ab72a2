/** Records → a file, a record at a time, ISO 2709 or MARCXML. */
import { once } from 'node:events'
import { createWriteStream, renameSync, rmSync } from 'node:fs'

import { withEncodingFlag } from '../domain/marc/encoding.ts'
import { writeRecord } from '../domain/marc/iso2709-writer.ts'
import type { MarcProfileName, MarcRecord } from '../domain/marc/marc-record.ts'
import { MARC_XML_FOOTER, MARC_XML_HEADER, recordToMarcXml } from '../domain/marc/marc-xml.ts'
import { textEncoder } from '../main/engine/import/text-decoders.ts'

export interface RecordForm {
  readonly format: 'iso2709' | 'marcxml'
  readonly encoding: 'utf-8' | 'gb18030'
}

export interface RecordWriter {
  /** Null, or the reason why this record cannot be written so. */
  readonly write: (record: MarcRecord, profile: MarcProfileName) => Promise<string | null>
  /** The file appears under its name only now, whole. */
  readonly finish: () => Promise<void>
  readonly discard: () => void
}

/** The bytes of one record, or why there are none. */
function encode(
  record: MarcRecord,
  profile: MarcProfileName,
  { format, encoding }: RecordForm,
): Uint8Array | string {
  const flagged = withEncodingFlag(record, profile, encoding)
  if (format === 'marcxml') {
    const written = recordToMarcXml(flagged)
    if ('refused' in written) return written.refused.reason
    return textEncoder(encoding)(written.xml).bytes
  }
  const written = writeRecord(flagged, textEncoder(encoding))
  return 'refused' in written ? written.refused.reason : written.bytes
}

const header = (encoding: RecordForm['encoding']): string =>
  encoding === 'utf-8' ? MARC_XML_HEADER : MARC_XML_HEADER.replace('UTF-8', 'GB18030')

/** Throws what the file system throws. */
export async function openRecordWriter(path: string, form: RecordForm): Promise<RecordWriter> {
  const draft = `${path}.part`
  const stream = createWriteStream(draft)
  await once(stream, 'open')
  const put = async (bytes: Uint8Array): Promise<void> => {
    if (!stream.write(bytes)) await once(stream, 'drain')
  }
  const isXml = form.format === 'marcxml'
  if (isXml) await put(Buffer.from(header(form.encoding)))
  return {
    write: async (record, profile) => {
      const encoded = encode(record, profile, form)
      if (typeof encoded === 'string') return encoded
      await put(encoded)
      return null
    },
    finish: async () => {
      if (isXml) await put(Buffer.from(MARC_XML_FOOTER))
      stream.end()
      await once(stream, 'close')
      renameSync(draft, path)
    },
    discard: () => {
      stream.destroy()
      rmSync(draft, { force: true })
    },
  }
}
