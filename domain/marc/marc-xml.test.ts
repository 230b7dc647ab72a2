import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import type { MarcField, MarcRecord } from './marc-record.ts'
import {
  MARC_XML_FOOTER,
  MARC_XML_HEADER,
  createMarcXmlAssembler,
  recordToMarcXml,
} from './marc-xml.ts'
import type { AssembledRecord } from './marc-xml.ts'

const assemble = (xml: string): AssembledRecord[] => {
  const assembler = createMarcXmlAssembler()
  const records: AssembledRecord[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => assembler.open(name, attributes))
  parser.on('text', assembler.text)
  parser.on('closetag', ({ name }) => {
    const finished = assembler.close(name)
    if (finished !== null) records.push(finished)
  })
  parser.write(xml).close()
  return records
}

const xmlOf = (record: MarcRecord): string => {
  const written = recordToMarcXml(record)
  if ('refused' in written) throw new Error(written.refused.reason)
  return MARC_XML_HEADER + written.xml + MARC_XML_FOOTER
}

const anyText = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .filter(
    (text) =>
      text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text),
  )
const anyField: fc.Arbitrary<MarcField> = fc.oneof(
  fc.record({ tag: fc.constantFrom('001', '008'), value: anyText }),
  fc.record({
    tag: fc.stringMatching(/^[1-9]\d\d$/),
    indicators: fc.stringMatching(/^[ 0-9]{2}$/),
    subfields: fc.array(fc.record({ code: fc.stringMatching(/^[a-z0-9]$/), value: anyText }), {
      maxLength: 4,
    }),
  }),
)

describe('MARCXML', () => {
  it('gives back any record that XML can carry', () => {
    fc.assert(
      fc.property(fc.array(anyField, { minLength: 1, maxLength: 10 }), (fields) => {
        const record = { leader: '00000nam0 2200000   450 ', fields }
        expect(assemble(xmlOf(record))).toEqual([{ record }])
      }),
    )
  })

  it('mark-up and line ends in a title stay text', () => {
    const value = '<img src=x onerror="alert(1)">\r\n\t&amp;'
    const record = {
      leader: '00000nam0 2200000   450 ',
      fields: [{ tag: '200', indicators: '1 ', subfields: [{ code: 'a', value }] }],
    }
    expect(assemble(xmlOf(record))).toEqual([{ record }])
  })

  it.each(['\u0000', '\u001b', '\ud800', '\uffff'])('refuses %j, naming the field', (character) => {
    const record = {
      leader: '00000nam0 2200000   450 ',
      fields: [{ tag: '300', value: `a${character}` }],
    }
    expect(recordToMarcXml(record)).toEqual({
      refused: { reason: 'character-not-in-xml', tag: '300', character },
    })
  })

  it.each([
    ['too-deep', `<record>${'<x>'.repeat(100)}${'</x>'.repeat(100)}</record>`],
    ['text-too-long', `<record><leader>${'x'.repeat(100_000)}</leader></record>`],
    ['fields-too-many', `<record>${'<datafield tag="300"/>'.repeat(501)}</record>`],
    ['leader-missing', '<record><controlfield tag="001">1</controlfield></record>'],
  ])('%s refuses one record and the next goes on (row 19)', (reason, xml) => {
    const good = '<m:record><m:leader>00000nam0 2200000   450 </m:leader></m:record>'
    const records = assemble(
      `<m:collection xmlns:m="http://www.loc.gov/MARC21/slim">${xml}${good}</m:collection>`,
    )
    expect(records).toEqual([
      { refused: { reason } },
      { record: { leader: '00000nam0 2200000   450 ', fields: [] } },
    ])
  })

  const FOLDER = new URL('../../../shared/data/', import.meta.url)
  it.skipIf(!existsSync(FOLDER)).each([
    ['cnmarc/sample_cnmarcxml_bnu10.xml', 10],
    ['marc21/badisbns.xml', 10],
  ])('real: %s holds %i records (skipped without shared/data)', (path, count) => {
    const xml = readFileSync(new URL(path, FOLDER), 'utf8').replace(/^\ufeff/, '')
    const records = assemble(xml)
    expect(records.filter((entry) => 'refused' in entry)).toEqual([])
    expect(records).toHaveLength(count)
  })
})
