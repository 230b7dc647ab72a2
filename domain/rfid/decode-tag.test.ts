import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { crc16 } from './crc-16.ts'
import { decodeTag, decodeUhfBank } from './decode-tag.ts'
import type { TagReading } from './decode-tag.ts'
import { noElements, readSetInfo, setInfoText } from './tag-elements.ts'
import type { TagElements } from './tag-elements.ts'
import { readTypeOfUsage } from './type-of-usage.ts'
import { decodeUniqueItemId, decodeUserBank, readProtocolControl } from './uhf-tag.ts'

const unhex = (text: string): Uint8Array =>
  Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))

const read = (text: string): TagReading =>
  decodeTag({ memory: unhex(text), dsfid: null, afi: null })
/** Only what is there. */
const present = (elements: TagElements) =>
  Object.fromEntries(Object.entries(elements).filter(([, text]) => text !== null))
const codes = (reading: TagReading) => reading.problems.map(({ code }) => code)

/** The worked example of ISO 28560-2 / GB/T 35660.2. */
const EXAMPLE = '9100051cbe991a140201d0140204b34607441cb6e2e335d6830207acc09ebaa06f6b0000'

const danish = (edit: (memory: Uint8Array) => void, length = 34): Uint8Array => {
  const memory = new Uint8Array(length)
  memory.set(Buffer.from('1101013131323233333434', 'hex'))
  memory.set(Buffer.from('DE705'), 21)
  edit(memory)
  const body = Uint8Array.from({ length: 34 }, (_, n) => memory[n] ?? 0)
  const crc = crc16([...body.slice(0, 19), ...body.slice(21)])
  memory[19] = crc & 0xff
  memory[20] = crc >> 8
  return memory
}
const turned = (memory: Uint8Array): Uint8Array =>
  memory.map((_, n) => memory[(n & ~3) + 3 - (n & 3)] ?? 0)
const tag = (memory: Uint8Array): TagReading => decodeTag({ memory, dsfid: null, afi: null })

describe('ISO 28560-3', () => {
  it('agrees with the checksum of the reference string', () => {
    expect(crc16(Buffer.from('RFID tag data model')).toString(16)).toBe('1aee')
  })

  it('reads the reference tag in both block orders', () => {
    const memory = unhex('11010131313232333334340000000000000000513e4445373035000000000000')
    expect(memory.length).toBe(32)
    expect(danish(() => undefined, 32)).toEqual(memory)
    for (const [found, blockOrder] of [
      [memory, 'forward'],
      [turned(memory), 'reversed'],
    ] as const) {
      const reading = tag(found)
      expect(reading).toMatchObject({ model: 'iso-28560-3', blockOrder, problems: [], set: null })
      expect(present(reading.elements)).toEqual({
        primaryItemId: '11223344',
        ownerIsil: 'DE-705',
        typeOfUsage: '10',
      })
    }
  })

  it('refuses every single flipped bit', () => {
    const memory = danish(() => undefined, 32)
    for (let bit = 0; bit < 256; bit += 1) {
      const flipped = memory.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(tag(flipped).model, `bit ${bit}`).toBe('garbage')
      expect(tag(flipped).elements).toEqual(noElements)
    }
  })

  it('reads swapped nibbles, sets, a 34-byte owner, the full ISIL and the title', () => {
    const memory = danish((bytes) => {
      bytes.set([0x21, 12, 3])
      bytes.set(Buffer.from('DK-710100-12'), 21)
      bytes.set(Buffer.from('DKDK-7101001').subarray(0, 13), 21)
      const block = [9, 4, 0, 0, ...Buffer.from('Levi\0')]
      block[3] = block.reduce((xor, byte) => xor ^ byte, 0)
      bytes.set(block, 34)
    }, 48)
    expect(tag(memory)).toMatchObject({
      set: { parts: 12, part: 3 },
      usage: { class: 'not-circulating' },
    })
    expect(present(tag(memory).elements)).toEqual({
      primaryItemId: '11223344',
      ownerIsil: 'DK-7101001',
      setInfo: '1203',
      typeOfUsage: '20',
      title: 'Levi',
    })
  })

  it('believes nothing of a tag that was torn: its head would be an identifier of ISO 28560-2', () => {
    for (const memory of [danish(() => undefined), turned(danish(() => undefined))]) {
      const torn = memory.map((byte, n) => (n >= 16 && n < 24 ? 0 : byte))
      expect(tag(torn).model).toBe('garbage')
      expect(tag(torn).elements).toEqual(noElements)
      expect(codes(tag(torn))).toEqual(['checksum-wrong'])
    }
  })

  it('says what is wrong inside a sound checksum', () => {
    expect(codes(tag(danish((bytes) => bytes.fill(0, 3, 19))))).toEqual(['no-primary-item-id'])
    expect(codes(tag(danish((bytes) => bytes.set([2, 3], 1))))).toEqual(['set-info-form'])
    expect(codes(tag(danish((bytes) => bytes.fill(0, 21, 34))))).toEqual(['owner-missing'])
  })
})

describe('older tags', () => {
  it('reads 3M’s', () => {
    const memory = new Uint8Array(32)
    memory.set([0x04, 0x12, 0x00, 0x01])
    memory.set(Buffer.from('04400510000001'), 4)
    expect(tag(memory)).toMatchObject({ model: '3m', set: { parts: 2, part: 1 } })
    expect(tag(memory).elements.primaryItemId).toBe('04400510000001')
    memory[2] = 1
    expect(tag(memory).model).toBe('garbage')
  })

  test.each([
    ['zeros', '00'.repeat(112)],
    ['3M’s filling', `${'55'.repeat(24)}00000000`],
  ])('knows a blank one: %s', (_name, memory) => {
    expect(read(memory)).toMatchObject({ model: 'blank', elements: noElements, problems: [] })
  })
})

describe('beside the memory', () => {
  test.each([
    [0x07, 'in-stock', []],
    [0xc2, 'on-loan', []],
    [0xd7, 'unknown', ['unknown-afi']],
    [null, null, []],
  ] as const)('AFI %s is %s', (afi, security, problems) => {
    const reading = decodeTag({ memory: unhex(EXAMPLE), dsfid: 0x06, afi })
    expect(reading.security).toBe(security)
    expect(codes(reading)).toEqual(problems)
  })
  it('doubts another data format', () => {
    expect(codes(decodeTag({ memory: unhex(EXAMPLE), dsfid: 0x3e, afi: null }))).toEqual([
      'unknown-dsfid',
    ])
  })
  test.each([
    ['10', true, true],
    ['13', false, false],
    ['14', true, false],
    ['15', false, false],
    ['72', true, true],
  ])('usage %s: offline check-out %s, check-in %s', (code, out, back) => {
    expect(readTypeOfUsage(code)).toMatchObject({
      allowsOfflineCheckOut: out,
      allowsOfflineCheckIn: back,
    })
  })
  test.each([
    ['1203', { parts: 12, part: 3 }],
    ['21', { parts: 2, part: 1 }],
    ['0302', { parts: 3, part: 2 }],
    ['203', null],
    ['12', null],
    ['2a', null],
  ])('set %s', (text, set) => {
    expect(readSetInfo(text)).toEqual(set)
    const again = set === null ? null : readSetInfo(setInfoText(set))
    expect(again).toEqual(set)
  })
})

describe('UHF', () => {
  test.each([
    ['141cc04fc70badb5c6e2da1ded4dd319', 'CH-000134-1.12345678.31'],
    ['fb2102dddf7c4e', '12312345678'],
    ['10e2fb2102dddf7c4e00', 'B.A12312345678'],
    ['fc61fdc3a9fee4b8ad', 'aé中'],
  ])('identifier %s is %s', (bytes, text) => {
    expect(decodeUniqueItemId(unhex(bytes))).toBe(text)
  })
  test.each([
    '',
    '14',
    'fb',
    'fb2102dddf',
    'fc',
    'fcff',
    'fdc3',
    'ff00',
    'fb0fffffffffffffffffffffffffffffffffffffff',
  ])('refuses identifier %j', (bytes) => {
    expect(decodeUniqueItemId(unhex(bytes))).toBeNull()
  })
  it('reads the control word and the user bank', () => {
    expect(readProtocolControl(0x45c2)).toEqual({
      wordCount: 8,
      hasUserMemory: true,
      isIso: true,
      afi: 0xc2,
    })
    const bank = unhex('060201d0140204b34607441cb6e2e335d65308ab4d6c9dd556cdeb00')
    const reading = decodeUserBank(bank)
    expect(present(reading?.elements ?? noElements)).toEqual({
      setInfo: '1203',
      shelfLocation: 'QA268.L55',
      ownerIsil: 'US-InU-Mu',
    })
    expect(reading?.problems).toEqual([])
    expect(decodeUserBank(bank.subarray(1))).toBeNull()
  })
})

/** 20,000 before every merge; `CITYDESK_GARBAGE_RUNS=1000000` for the long form. */
const GARBAGE_RUNS = Number(process.env['CITYDESK_GARBAGE_RUNS'] ?? 20_000)

describe('any bytes', () => {
  it('end in a reading, and a refused one says nothing of its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 320 }), (memory) => {
        const reading = tag(memory)
        const isGarbage = reading.model === 'garbage'
        expect(isGarbage ? reading.elements : noElements).toEqual(noElements)
        expect(isGarbage ? codes(reading) : ['read']).not.toEqual([])
        for (const { offset } of reading.problems) {
          expect(offset ?? 0).toBeLessThanOrEqual(memory.length)
        }
        for (const bank of ['identifier', 'user'] as const) {
          const uhf = { memory: Uint8Array.of(6, ...memory), dsfid: null, afi: null }
          expect(['garbage', 'iso-28560-4']).toContain(decodeUhfBank(bank, uhf).model)
        }
      }),
      { numRuns: GARBAGE_RUNS },
    )
  }, 600_000)

  it('that nobody wrote never yield an identifier', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 112, maxLength: 112 }), (memory) => {
        expect(tag(memory).elements.primaryItemId).toBeNull()
      }),
      // Chance may build a tag; this seed has none, and 2,000 of them do not.
      { numRuns: 2_000, seed: 28_560 },
    )
  })

  it('with one element cut short never yield an identifier', () => {
    const whole = unhex(EXAMPLE)
    for (let length = 0; length < 34; length += 1) {
      const reading = tag(whole.slice(0, length))
      const isAtElementEnd = [8, 11, 15, 24].includes(length)
      expect(reading.model, `${length} bytes`).toBe(isAtElementEnd ? 'iso-28560-2' : 'garbage')
    }
  })
})
