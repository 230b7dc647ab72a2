/**
 * A stream of MARCXML → records. A document type is refused: it can name files and blow up
 * entities (reference/security-reliability.md 8). Depth and text are bounded.
 */
import iconv from 'iconv-lite'
import { SaxesParser } from 'saxes'

import { detectProfile } from '../../../domain/marc/encoding.ts'
import { createMarcXmlAssembler } from '../../../domain/marc/marc-xml.ts'
import { createBareAmpersands } from './bare-ampersands.ts'
import type { Chunks, Reading, ReadingChoices } from './record-reading.ts'

const DEPTH_MAX = 64
/** Without a tag for so long, this is no MARCXML, and the parser would keep it all. */
const TEXT_LENGTH_MAX = 2_000_000

type Decoder = InstanceType<typeof TextDecoder>
type XmlFault = 'document-type-refused' | 'xml-malformed' | 'xml-too-deep' | 'xml-text-too-long'

const XML_NAMES = { utf8: 'utf-8', gbk: 'gb18030', gb2312: 'gb18030' } as const

/** By default UTF-8; a declaration may name any encoding. Null where it names none that is known. */
function decoderFor(
  start: Uint8Array,
  { encoding }: ReadingChoices,
  found: string | null,
): Decoder | null {
  const declaration = Buffer.from(start.subarray(0, 200)).toString('latin1')
  const declared = /^[^>]*encoding=["']([\w-]+)/i.exec(declaration)?.[1]?.toLowerCase() ?? 'utf-8'
  const chosen = isXmlChoice(encoding) ? encoding : null
  const name = found ?? chosen ?? declared
  try {
    return new TextDecoder(XML_NAMES[name as keyof typeof XML_NAMES] ?? name)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** MARC-8 and ISO 5426 are encodings of records, not of texts. */
const isXmlChoice = (encoding: ReadingChoices['encoding']): boolean =>
  encoding !== 'auto' && encoding !== 'marc-8' && encoding !== 'iso-5426'

/** Turned into blanks of the same length, so that files of records without a root can be read. */
const withoutDeclaration = (text: string): string =>
  text.replace(/^\s*<\?xml[^>]*\?>/, (declaration) => ' '.repeat(declaration.length))

/** A record element, with or without a prefix; the last characters of a chunk may be half of one. */
const RECORD_START = /<(?:[\w.-]{1,40}:)?record[\s>/]/
const HALF_START_MAX = 64

/** Ends a parser's work in the middle of its text. */
class XmlStopped extends Error {}

/** Counts the bytes of a text in the file's own encoding, from left to right. */
type ByteLength = (text: string) => number

const byteLengthIn = (encoding: string): ByteLength => {
  if (encoding.startsWith('utf-16')) return (text) => text.length * 2
  if (encoding === 'utf-8' || !iconv.encodingExists(encoding)) {
    return (text) => Buffer.byteLength(text)
  }
  return (text) => iconv.encode(text, encoding).length
}

class XmlReading {
  readonly #choices: ReadingChoices
  readonly #byteLength: ByteLength
  readonly #encoding: string
  #parser = new SaxesParser<{ fragment: true; xmlns: false }>({ fragment: true, xmlns: false })
  #assembler = createMarcXmlAssembler()
  readonly #ampersands = createBareAmpersands()
  #readings: Reading[] = []
  #number = 0
  #depth = 0
  #lastTagAt = 0
  #recordOffset = 0
  /** Where the text that is being read begins: in the parser's count, and in the file's bytes. */
  #textBefore = 0
  #text = ''
  /** A place in the text whose byte in the file is known: places are asked for from left to right. */
  #known = { index: 0, offset: 0 }
  /** What a fault left behind: the next record is sought, others are lost no more. */
  #isSeeking = false
  #isRestarted = false
  #recordIndex = 0
  /** No more of the file is read. */
  isOver = false

  constructor(choices: ReadingChoices, encoding: string) {
    this.#choices = choices
    this.#byteLength = byteLengthIn(encoding)
    this.#encoding = encoding
    this.#listen()
  }

  #listen(): void {
    this.#parser.on('opentag', ({ name, attributes }) => this.#open(name, attributes))
    this.#parser.on('closetag', ({ name }) => this.#close(name))
    this.#parser.on('text', (text) => this.#assembler.text(text))
    this.#parser.on('cdata', (text) => this.#assembler.text(text))
    this.#parser.on('doctype', () => this.#stop('document-type-refused'))
    this.#parser.on('error', ({ message }) => {
      // A parser that began in the middle meets the ends of elements that it saw no beginning of.
      if (this.#isRestarted && this.#depth === 0 && /clos(?:e|ing) tag/.test(message)) return
      // Behind the first element a document type is malformed as well; its own name says more.
      this.#stop(/doctype/i.test(message) ? 'document-type-refused' : 'xml-malformed')
    })
  }

  /** Records that end in this text, which begins at byte `offset` of the file. */
  take(text: string, offset: number): Reading[] {
    const heldBytes = this.#byteLength(this.#ampersands.held())
    return this.#read(this.#ampersands.mark(text), offset - heldBytes)
  }

  #read(text: string, offset: number): Reading[] {
    const isContinued = this.#isSeeking && this.#text !== ''
    const carried = isContinued ? this.#text.slice(-HALF_START_MAX) : ''
    // The parser's own count is of no use between two texts: it has the last one twice.
    this.#textBefore += this.#text.length
    this.#text = carried + text
    this.#known = { index: 0, offset: offset - this.#byteLength(carried) }
    let from = 0
    while (!this.isOver && from < this.#text.length) {
      if (this.#isSeeking) {
        const found = this.#text.slice(from).search(RECORD_START)
        if (found === -1) break
        from += found
        this.#restart(from)
      }
      const stoppedAt = this.#write(() => this.#parser.write(this.#text.slice(from)))
      if (stoppedAt === null) break
      from = Math.max(stoppedAt - 1, this.#recordIndex + 1)
    }
    if (!this.#isSeeking && this.#parser.position - this.#lastTagAt > TEXT_LENGTH_MAX) {
      this.#write(() => this.#stop('xml-text-too-long'))
    }
    return this.#answer()
  }

  /** `offset`: the length of the file. */
  end(offset: number): Reading[] {
    const held = this.#ampersands.rest()
    this.#readings = this.#read(held, offset - this.#byteLength(held))
    if (!this.#isSeeking && !this.isOver) {
      this.#write(() => this.#parser.close())
      if (this.#number === 0) this.#refuse('file-without-records', 0)
    }
    return this.#answer()
  }

  /** The index in the text at which a fault stopped it; null where none did. */
  #write(work: () => void): number | null {
    try {
      work()
      return null
    } catch (error) {
      if (!(error instanceof XmlStopped)) throw error
      return this.#index()
    }
  }

  #restart(index: number): void {
    this.#isSeeking = false
    this.#isRestarted = true
    this.#parser = new SaxesParser({ fragment: true, xmlns: false })
    this.#assembler = createMarcXmlAssembler()
    this.#listen()
    this.#depth = 0
    this.#lastTagAt = 0
    this.#textBefore = -index
    this.#recordIndex = index
  }

  #answer(): Reading[] {
    const readings = this.#readings
    this.#readings = []
    return readings
  }

  #stop(fault: XmlFault): never {
    this.#refuse(fault, this.#offset(this.#index()))
    if (fault === 'document-type-refused') this.isOver = true
    this.#isSeeking = true
    throw new XmlStopped()
  }

  #refuse(reason: XmlFault | 'file-without-records', offset: number): void {
    this.#number += 1
    this.#readings.push({ refused: { record: this.#number, offset, reason } })
  }

  #index(): number {
    return Math.max(0, this.#parser.position - this.#textBefore)
  }

  /** Bytes of the file up to an index of the text; exact but for a character between chunks. */
  #offset(index: number): number {
    const { index: before, offset } = this.#known
    const more = this.#byteLength(this.#text.slice(before, index))
    this.#known = { index: Math.max(before, index), offset: offset + more }
    return this.#known.offset
  }

  #open(name: string, attributes: Record<string, string>): void {
    this.#depth += 1
    this.#lastTagAt = this.#parser.position
    if (this.#depth > DEPTH_MAX) this.#stop('xml-too-deep')
    if (name === 'record' || name.endsWith(':record')) {
      const end = this.#index()
      this.#recordIndex = Math.max(0, this.#text.lastIndexOf('<', end - 1))
      this.#recordOffset = this.#offset(this.#recordIndex)
    }
    this.#assembler.open(name, attributes)
  }

  #close(name: string): void {
    this.#depth -= 1
    this.#lastTagAt = this.#parser.position
    const assembled = this.#assembler.close(name)
    if (assembled === null) return
    this.#number += 1
    const number = this.#number
    const offset = this.#recordOffset
    if ('refused' in assembled) {
      this.#readings.push({ refused: { record: number, offset, ...assembled.refused } })
      return
    }
    const { record } = assembled
    const profile = this.#choices.profile === 'auto' ? detectProfile(record) : this.#choices.profile
    const encoding = this.#encoding
    this.#readings.push({
      number,
      offset,
      record,
      profile,
      encoding,
      isRecovered: false,
      remarks: [],
    })
  }
}

/** `found`: the encoding that the file's first bytes tell, null where only a declaration does. */
export async function* readMarcXml(
  chunks: Chunks,
  choices: ReadingChoices,
  found: string | null,
): AsyncGenerator<readonly Reading[]> {
  let reading: XmlReading | null = null
  let decoder: Decoder | null = null
  let readBytes = 0
  for await (const chunk of chunks) {
    const isFirst = decoder === null
    decoder ??= decoderFor(chunk, choices, found)
    if (decoder === null) {
      const refused = { record: 1, offset: 0, reason: 'encoding-unknown' } as const
      yield [{ refused }]
      return
    }
    const decoded = decoder.decode(chunk, { stream: true })
    const text = isFirst ? withoutDeclaration(decoded) : decoded
    reading ??= new XmlReading(choices, decoder.encoding)
    const readings = reading.take(text, readBytes)
    readBytes += chunk.length
    yield readings
    if (reading.isOver) return
  }
  if (reading !== null) yield reading.end(readBytes)
}
