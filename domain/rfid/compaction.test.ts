import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { chooseCompaction, compact, COMPACTION, extract } from './compaction.ts'
import type { TextCompaction } from './compaction.ts'
import { decodeIsil, encodeIsil } from './isil-code.ts'
import { decodeUtf8, encodeUtf8 } from './utf-8.ts'

const hex = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('hex')
const unhex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
const { integer, numeric, fiveBit, sixBit, sevenBit, octets, utf8 } = COMPACTION

describe('compaction', () => {
  // GB/T 35660.2-2017 and the tests of dp2 (Apache-2.0): reference/hid-rfid.md 2.3.
  test.each<[TextCompaction, string, string]>([
    [integer, '123456789012', '1cbe991a14'],
    [integer, '1203', '04b3'],
    [integer, '10', '0a'],
    [integer, '256', '0100'],
    [integer, '4294967296', '0100000000'],
    [integer, '9223372036854775807', '7fffffffffffffff'],
    [integer, '9999999999999999999', '8ac7230489e7ffff'],
    [numeric, '010', '010f'],
    [numeric, '00', '00'],
    [numeric, '10000000000000000000', '10000000000000000000'],
    [numeric, '100000000000000000001', '100000000000000000001f'],
    [fiveBit, 'ABC', '0886'],
    [fiveBit, ']^_', 'efbe'],
    [fiveBit, 'AHQZ', '0a23a0'],
    [fiveBit, 'ZYXWV', 'd6717b00'],
    [sixBit, 'QA268.L55', '441cb6e2e335d6'],
    [sixBit, 'ABC123456', '0420f1cb3d35da'],
    [sixBit, 'ABC1234', '0420f1cb3d20'],
    [sixBit, 'K825.6=76/Z780', '2f8cb5bb6f77daf6b7e308'],
    [sixBit, 'I17(198.4)/Y498', '271de8c79e2ed29bd9d39e20'],
    [sevenBit, '12345678', '62c99b46ad9bb8'],
    [sevenBit, '123456781234567', '62c99b46ad9bb862c99b46ad9bff'],
    [sevenBit, 'US-InU-Mu', 'ab4d6c9dd556cdeb'],
    [sevenBit, 'hijk9876{/?}~', 'd1a756b72e1bb6f6bdffdfdf'],
    [octets, 'é1', 'e931'],
    [utf8, '活着', 'e6b4bbe79d80'],
    [utf8, 'test', '74657374'],
  ])('form %i: %s is %s', (code, text, bytes) => {
    expect(hex(compact(code, text))).toBe(bytes)
    expect(extract(code, unhex(bytes))).toEqual({ text, isCanonical: true })
  })

  test.each<[string, TextCompaction]>([
    ['123456789012', integer],
    ['12345678901234567890', numeric],
    ['012', numeric],
    ['ABC', fiveBit],
    ['QA268.L55', sixBit],
    ['ABCD ', utf8],
    ['US-InU-Mu', sevenBit],
    ['BA', utf8],
    ['7', utf8],
    ['a bcde', utf8],
    ['城图', utf8],
  ])('chooses for %j form %i', (text, code) => {
    expect(chooseCompaction(text)).toBe(code)
  })

  test.each<[string, TextCompaction, string]>([
    ['an integer of nine bytes', integer, '010000000000000000'],
    ['an integer beyond 19 digits', integer, '8ac7230489e80000'],
    ['a nibble that is no digit', numeric, '1a'],
    ['only filling', numeric, 'ff'],
    ['filling in the middle', numeric, '1f23'],
    ['a zero letter in the middle', fiveBit, '0800'.repeat(2)],
    ['a cut character', utf8, 'e6b4'],
    ['an overlong form', utf8, 'c0af'],
    ['half a surrogate pair', utf8, 'eda080'],
    ['nothing', octets, ''],
  ])('refuses %s', (_name, code, bytes) => {
    expect(extract(code, unhex(bytes))).toBeNull()
  })

  test.each<[string, TextCompaction, string, string]>([
    ['a leading zero byte', integer, '0004b3', '1203'],
    ['other padding', sixBit, '441cb6e2e335d5', 'QA268.L55'],
    ['other padding', sevenBit, 'ab4d6c9dd556cdea', 'US-InU-Mu'],
  ])('says so of %s, and reads it', (_name, code, bytes, text) => {
    const found = extract(code, unhex(bytes))
    expect(found?.isCanonical).toBe(false)
    expect(found?.text.startsWith(text)).toBe(true)
  })

  it('gives back every text it takes', () => {
    const text = fc.oneof(
      fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
      fc.stringMatching(/^[0-9]{1,40}$/),
      fc.stringMatching(/^[A-Z_^\]]{1,20}$/),
      fc.stringMatching(/^[ -_]{1,30}$/),
      fc.stringMatching(/^[ -~]{1,30}$/),
    )
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(integer, numeric, fiveBit, sixBit, sevenBit, octets),
        (t, c) => {
          const chosen = chooseCompaction(t)
          const bytes = compact(chosen, t)
          expect(bytes === null ? null : extract(chosen, bytes)).toEqual({
            text: t,
            isCanonical: true,
          })
          const other = compact(c, t)
          expect(other === null ? t : extract(c, other)?.text).toBe(t)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('reads UTF-8 exactly as the platform does', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const platform = (bytes: Uint8Array): string | null => {
      try {
        return strict.decode(bytes)
      } catch {
        return null
      }
    }
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 8 }),
          fc.string({ unit: 'binary', maxLength: 8 }).map((text) => new TextEncoder().encode(text)),
          fc.constantFrom('f4908080', 'f0808080', 'e0a080', 'edbfbf', 'f48fbfbf').map(unhex),
        ),
        (bytes) => {
          expect(decodeUtf8(bytes)).toBe(platform(bytes))
        },
      ),
      { numRuns: 3_000 },
    )
    expect(encodeUtf8('\ud800')).toBeNull()
  })
})

describe('ISIL', () => {
  test.each([
    ['DE-Heu1', '21408e16bf1f'],
    ['US-InU-Mu', 'acc09ebaa06f6b'],
    ['CN-110108-1-NLC', '1b81e110108a1ac7307f'],
    ['CN-120104-C-YBL', '1b81e120104ad1d6644c'],
  ])('%s', (text, bytes) => {
    expect(hex(encodeIsil(text))).toBe(bytes)
    expect(decodeIsil(unhex(bytes))).toBe(text)
  })

  it('reads the other writing of the same code', () => {
    expect(decodeIsil(unhex('1b81e120104ac1832267'))).toBe('CN-120104-C-YBL')
  })

  it('takes its own characters only, and gives every text of them back', () => {
    expect(encodeIsil('CN_1')).toBeNull()
    expect(encodeIsil('')).toBeNull()
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9:/-]{1,16}$/), (text) => {
        const bytes = encodeIsil(text)
        expect(bytes === null ? null : decodeIsil(bytes)).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })
})
