import { gzipSync } from 'node:zlib'

import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'

import { writeRecord } from '../../../domain/marc/iso2709-writer.ts'
import { lookInto } from './look-into.ts'

const auto = { format: 'auto', profile: 'auto', encoding: 'auto' } as const
const field = (tag: string, value: string) => ({
  tag,
  indicators: '1 ',
  subfields: [{ code: 'a', value }],
})

function written(title: string, encoding = 'utf-8'): Uint8Array {
  const leader = '00000nam0 2200000   450 '
  const fields = [{ tag: '001', value: 'x' }, field('101', 'chi'), field('200', title)]
  const result = writeRecord({ leader, fields }, (text) => ({
    bytes: iconv.encode(text, encoding),
    unmappable: [],
  }))
  if ('refused' in result) throw new Error(result.refused.reason)
  return result.bytes
}

const file = Buffer.concat([
  written('红楼梦', 'gb18030'),
  written('西游记', 'gb18030'),
  written('活着'),
])

describe('what a file seems to be', () => {
  it('its formats and encodings, the commonest first, and its first titles', async () => {
    expect(await lookInto(file, true, auto)).toEqual({
      fault: null,
      isPacked: false,
      records: 3,
      refusedCount: 0,
      profiles: [{ name: 'cnmarc', count: 3 }],
      encodings: [
        { name: 'gb18030', count: 2 },
        { name: 'utf-8', count: 1 },
      ],
      isEncodingGuessed: false,
      titles: ['红楼梦', '西游记', '活着'],
    })
  })

  it('the record that the look cuts is no fault, at the end of a file it is one', async () => {
    const head = file.subarray(0, -20)
    expect(await lookInto(head, false, auto)).toMatchObject({ records: 2, refusedCount: 0 })
    expect(await lookInto(head, true, auto)).toMatchObject({ records: 2, refusedCount: 1 })
  })

  it('a packed one, of which the look has only a part', async () => {
    const packed = gzipSync(Buffer.concat(Array.from({ length: 400 }, () => file)), { level: 0 })
    const look = await lookInto(packed.subarray(0, 40_000), false, auto)
    expect(look).toMatchObject({ fault: null, isPacked: true, refusedCount: 0 })
    expect(look.records).toBeGreaterThan(100)
    expect(look.titles).toEqual(['红楼梦', '西游记', '活着', '红楼梦', '西游记'])
  })

  it('what somebody chose instead', async () => {
    const chosen = { ...auto, encoding: 'windows-1252', profile: 'unimarc' } as const
    expect(await lookInto(file, true, chosen)).toMatchObject({
      profiles: [{ name: 'unimarc', count: 3 }],
      encodings: [{ name: 'windows-1252', count: 3 }],
      titles: [expect.not.stringContaining('红'), expect.any(String), expect.any(String)],
    })
  })

  it.each([
    ['file-table', 'a,b\n1,2\n'],
    ['file-empty', ''],
    ['encoding-unknown', '<?xml version="1.0" encoding="klingon"?><c/>'],
  ])('%s', async (fault, text) => {
    const look = await lookInto(Buffer.from(text), true, auto)
    expect(look).toMatchObject({ fault, records: 0 })
  })
})
