/**
 * The answer to an SRU 1.1 or 1.2 search: XML → how many there are, and the MARCXML records among
 * them, under any namespace prefix, as elements or as packed text. A document type is refused
 * (entities); depth, text and records are bounded.
 */
import { SaxesParser } from 'saxes'
import { COPY_RECORDS_MAX } from '../../../domain/copying/copy-wish.ts'
import { createMarcXmlAssembler } from '../../../domain/marc/marc-xml.ts'
import type { AssembledRecord } from '../../../domain/marc/marc-xml.ts'
import type { MarcRecord } from '../../../domain/marc/marc-record.ts'
import { CopyFailure } from './copy-failure.ts'

const DEPTH_MAX = 64
/** First record position out of range: some servers say so of an empty answer. */
const NOTHING_FOUND = 'info:srw/diagnostic/1/61'

export interface SruAnswer {
  /** Null where the server does not count. */
  readonly total: number | null
  readonly records: readonly MarcRecord[]
  readonly unreadCount: number
}

/** `declared`: an encoding that a person set for this catalogue; null to believe the answer. */
export function decodeXml(
  bytes: Uint8Array,
  contentType: string,
  declared: 'utf-8' | 'gb18030' | null,
): string {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const told =
    declared ??
    /^[^>]*\bencoding=["']([\w-]{1,20})["']/.exec(start)?.[1] ??
    /charset="?([\w-]{1,20})/i.exec(contentType)?.[1] ??
    'utf-8'
  const decoder = decoderOf(/^gb/i.test(told) ? 'gb18030' : told)
  try {
    return decoder.decode(bytes)
  } catch {
    // The decoder says no more than that it could not.
    throw new CopyFailure('wrong-encoding', told)
  }
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    throw new CopyFailure('wrong-encoding', label)
  }
}

/** Throws CopyFailure: `not-xml`, `document-type`, `not-an-answer`, or `told-trouble` with its words. */
export function readSruAnswer(text: string): SruAnswer {
  const reading = new SruReading()
  parseXml(text, reading)
  return reading.finish()
}

interface XmlTaker {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text: (text: string) => void
  readonly close: (name: string) => void
}

function parseXml(text: string, taker: XmlTaker): void {
  const parser = new SaxesParser<{ fragment: false; xmlns: false }>({
    fragment: false,
    xmlns: false,
  })
  let depth = 0
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1
    if (depth > DEPTH_MAX) throw new CopyFailure('not-xml', '')
    taker.open(name, attributes)
  })
  parser.on('closetag', ({ name }) => {
    depth -= 1
    taker.close(name)
  })
  parser.on('text', taker.text)
  parser.on('cdata', taker.text)
  parser.on('doctype', () => {
    throw new CopyFailure('document-type')
  })
  parser.on('error', ({ message }) => {
    throw new CopyFailure(/doctype/i.test(message) ? 'document-type' : 'not-xml')
  })
  parser.write(text).close()
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

class SruReading implements XmlTaker {
  readonly #records: AssembledRecord[] = []
  #assembler: ReturnType<typeof createMarcXmlAssembler> | null = null
  /** Elements that are open, without their prefixes. */
  readonly #path: string[] = []
  #isSru = false
  #text: string[] = []
  #total: number | null = null
  #packed: string[] | null = null
  #unreadCount = 0
  #keptBefore = 0
  /** Of each diagnostic its URI and its words. */
  readonly #troubles: { uri: string; words: string[] }[] = []

  open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    const element = localName(name)
    this.#path.push(element)
    if (this.#path.length === 1) this.#isSru = element === 'searchRetrieveResponse'
    if (this.#assembler !== null) {
      this.#packed = null
      this.#assembler.open(name, attributes)
      return
    }
    this.#text = []
    if (element === 'recordData') {
      this.#assembler = createMarcXmlAssembler()
      this.#packed = []
      this.#keptBefore = this.#records.length
    }
    if (element === 'diagnostic') this.#troubles.push({ uri: '', words: [] })
  }

  text = (chunk: string): void => {
    if (this.#assembler === null) this.#text.push(chunk)
    else if (this.#packed === null) this.#assembler.text(chunk)
    else this.#packed.push(chunk)
  }

  close = (name: string): void => {
    const element = this.#path.pop() ?? ''
    if (this.#assembler !== null) {
      if (element === 'recordData') this.#endOfData()
      else this.#keep(this.#assembler.close(name))
      return
    }
    const text = this.#text.join('').trim()
    this.#text = []
    if (element === 'numberOfRecords' && /^\d{1,9}$/.test(text)) this.#total = Number(text)
    const trouble = this.#path.at(-1) === 'diagnostic' ? this.#troubles.at(-1) : undefined
    if (trouble === undefined || text === '') return
    if (element === 'uri') trouble.uri = text
    if (element === 'message' || element === 'details') trouble.words.push(text)
  }

  #endOfData(): void {
    const packed = this.#packed?.join('').trim() ?? ''
    this.#assembler = null
    this.#packed = null
    if (packed !== '') this.#unpack(packed)
    // A diagnostic in the place of a record, or a record of another schema.
    if (this.#records.length === this.#keptBefore) this.#unreadCount += 1
  }

  /** Markup sent as text is a document of its own. */
  #unpack(packed: string): void {
    const assembler = createMarcXmlAssembler()
    parseXml(packed, {
      open: assembler.open,
      text: assembler.text,
      close: (name) => this.#keep(assembler.close(name)),
    })
  }

  #keep(assembled: AssembledRecord | null): void {
    if (assembled !== null && this.#records.length < COPY_RECORDS_MAX) this.#records.push(assembled)
  }

  finish(): SruAnswer {
    if (!this.#isSru) throw new CopyFailure('not-an-answer')
    const records = this.#records.flatMap((one) => ('record' in one ? [one.record] : []))
    const troubles = this.#troubles.filter(({ uri }) => uri !== NOTHING_FOUND)
    if (troubles.length > 0 && records.length === 0) {
      throw new CopyFailure('told-trouble', troubles.flatMap(({ words }) => words).join(' · '))
    }
    const refusedCount = this.#records.length - records.length
    return { total: this.#total, records, unreadCount: this.#unreadCount + refusedCount }
  }
}
