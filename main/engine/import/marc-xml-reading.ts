/**
 * A stream of MARCXML → records. A document type is refused: it can name files and blow up
 * entities (reference/security-reliability.md 8). Depth and text are bounded.
 */
import { SaxesParser } from 'saxes'

import { detectProfile } from '../../../domain/marc/encoding.ts'
import { createMarcXmlAssembler } from '../../../domain/marc/marc-xml.ts'
import type { Chunks, Portion, Reading, ReadingChoices } from './record-reading.ts'

const DEPTH_MAX = 64
/** Without a tag for so long, this is no MARCXML, and the parser would keep it all. */
const TEXT_LENGTH_MAX = 2_000_000

type Decoder = InstanceType<typeof TextDecoder>
type XmlFault = 'document-type-refused' | 'xml-malformed' | 'xml-too-deep' | 'xml-text-too-long'

/** By default UTF-8; a declaration may say GB18030 or GBK. */
function decoderFor(start: Uint8Array, { encoding }: ReadingChoices): Decoder {
  if (encoding === 'gb18030') return new TextDecoder('gb18030')
  const declaration = Buffer.from(start.subarray(0, 200)).toString('latin1')
  return /^[^>]*encoding=["']gb/i.test(declaration)
    ? new TextDecoder('gb18030')
    : new TextDecoder('utf-8')
}

/** Turned into blanks of the same length, so that files of records without a root can be read. */
const withoutDeclaration = (text: string): string =>
  text.replace(/^\s*<\?xml[^>]*\?>/, (declaration) => ' '.repeat(declaration.length))

class XmlReading {
  readonly #parser = new SaxesParser<{ fragment: true; xmlns: false }>({
    fragment: true,
    xmlns: false,
  })
  readonly #assembler = createMarcXmlAssembler()
  readonly #choices: ReadingChoices
  #readings: Reading[] = []
  #number = 0
  #depth = 0
  #lastTagAt = 0
  #recordOffset = 0
  #textBefore = 0
  #bytesBefore = 0
  #text = ''
  fault: XmlFault | null = null

  constructor(choices: ReadingChoices) {
    this.#choices = choices
    this.#parser.on('opentag', ({ name, attributes }) => this.#open(name, attributes))
    this.#parser.on('closetag', ({ name }) => this.#close(name))
    this.#parser.on('text', (text) => this.#assembler.text(text))
    this.#parser.on('cdata', (text) => this.#assembler.text(text))
    this.#parser.on('doctype', () => this.#stop('document-type-refused'))
    this.#parser.on('error', ({ message }) => {
      // Behind the first element a document type is malformed as well; its own name says more.
      this.#stop(/doctype/i.test(message) ? 'document-type-refused' : 'xml-malformed')
    })
  }

  /** Records that end in this text. `bytes` is its length in the file. */
  take(text: string, bytes: number): Reading[] {
    this.#text = text
    if (this.fault === null) this.#parser.write(text)
    if (this.#parser.position - this.#lastTagAt > TEXT_LENGTH_MAX) this.#stop('xml-text-too-long')
    this.#textBefore += text.length
    this.#bytesBefore += bytes
    return this.#answer()
  }

  end(): Reading[] {
    this.#text = ''
    if (this.fault === null) this.#parser.close()
    return this.#answer()
  }

  #answer(): Reading[] {
    const readings = this.#readings
    this.#readings = []
    return readings
  }

  #stop(fault: XmlFault): void {
    if (this.fault !== null) return
    this.fault = fault
    const offset = this.#offset()
    this.#readings.push({ refused: { record: this.#number + 1, offset, reason: fault } })
  }

  /** Bytes of the file up to the parser's place; exact but for a surrogate pair between chunks. */
  #offset(): number {
    const length = Math.max(0, this.#parser.position - this.#textBefore)
    return this.#bytesBefore + Buffer.byteLength(this.#text.slice(0, length))
  }

  #open(name: string, attributes: Record<string, string>): void {
    if (this.fault !== null) return
    this.#depth += 1
    this.#lastTagAt = this.#parser.position
    if (this.#depth > DEPTH_MAX) this.#stop('xml-too-deep')
    if (name === 'record' || name.endsWith(':record')) {
      this.#recordOffset = Math.max(0, this.#offset() - name.length - 2)
    }
    this.#assembler.open(name, attributes)
  }

  #close(name: string): void {
    if (this.fault !== null) return
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
    this.#readings.push({ number, offset, record, profile, isRecovered: false, remarks: [] })
  }
}

export async function* readMarcXml(
  chunks: Chunks,
  choices: ReadingChoices,
): AsyncGenerator<Portion> {
  const reading = new XmlReading(choices)
  let decoder: Decoder | null = null
  let readBytes = 0
  for await (const chunk of chunks) {
    const isFirst = decoder === null
    decoder ??= decoderFor(chunk, choices)
    const text = decoder.decode(chunk, { stream: true })
    readBytes += chunk.length
    const readings = reading.take(isFirst ? withoutDeclaration(text) : text, chunk.length)
    yield { readBytes, readings }
    if (reading.fault !== null) return
  }
  yield { readBytes, readings: reading.end() }
}
