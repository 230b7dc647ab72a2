import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aGoodRecord, withoutTag } from '../../test/builders/good-record.ts'
import { FieldProtection, ProtectionRule } from '../copying-records.ts'
import { defaultProtection } from './default-protection.ts'
import { protectFields, ruleOf } from './protect-fields.ts'

const { lines } = defaultProtection('cnmarc')
const holdings = '905  $aSZL$dI565.88$e12'
const theirHoldings = '905  $aNLC$dI565'

describe('C64 a copied record', () => {
  test('of a new title brings everything but what is ours alone', () => {
    const theirs = aGoodRecord(theirHoldings, '330  $a一个孩子的星球。')
    expect(protectFields(null, theirs, lines).content).toEqual(withoutTag(theirs, '905'))
  })

  test.each([
    ['keep: ours stays', [holdings], [theirHoldings], [holdings]],
    ['keep: theirs is not taken where we have none', [], [theirHoldings], []],
    ['fill: where we have none', [], ['330  $a星球。'], ['330  $a星球。']],
    ['fill: ours before theirs', ['330  $a我们的。'], ['330  $a他们的。'], ['330  $a我们的。']],
    [
      'add: beside ours, nothing twice',
      ['606 0$a童话'],
      ['606 0$a童 话', '606 0$a法国'],
      ['606 0$a童话', '606 0$a法国'],
    ],
    ['replace: in the place of ours', ['215  $a1册'], ['215  $a112页'], ['215  $a112页']],
  ])('%s', (_says, ours, theirs, taken) => {
    const bare = withoutTag(aGoodRecord(), '215')
    const [mine, other] = [ours, theirs].map((some) => ({
      ...bare,
      fields: [...bare.fields, ...aGoodRecord(...some).fields.filter(isOf(some))],
    }))
    if (mine === undefined || other === undefined) throw new Error('both are made')
    const tag = (theirs[0] ?? '').slice(0, 3)
    const { content } = protectFields(mine, other, lines)
    expect(content.fields.filter((field) => field.tag === tag)).toEqual(
      aGoodRecord(...taken).fields.filter(isOf(taken)),
    )
  })

  test('replace: where they have none, ours stays', () => {
    const ours = aGoodRecord('225  $a丛书')
    expect(protectFields(ours, aGoodRecord(), lines).content.fields).toEqual(ours.fields)
  })

  test('the first line that fits a tag counts, and none means replace', () => {
    const some = [
      { tag: '606', rule: 'keep' },
      { tag: '6XX', rule: 'add' },
      { tag: '69X', rule: 'fill' },
    ] as const
    expect(['606', '610', '690', '200'].map((tag) => ruleOf(some, tag))).toEqual([
      'keep',
      'add',
      'add',
      'replace',
    ])
  })

  test.each(['cnmarc', 'unimarc', 'marc21'] as const)('the shipped lines of %s are lines', (id) => {
    expect(FieldProtection.safeParse(defaultProtection(id)).success).toBe(true)
  })

  const field = fc.record({
    tag: fc.constantFrom('200', '606', '905'),
    indicators: fc.constant('  '),
    value: fc.constant(null),
    subfields: fc.array(
      fc.record({ code: fc.constant('a'), value: fc.constantFrom('甲', '乙', '丙') }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  const content = fc.record({
    leader: fc.constantFrom('00000nam0 2200000   450 ', '00000cam0 2200000   450 '),
    fields: fc.array(field, { maxLength: 6 }),
  })
  const ruled = fc.array(
    fc.record({
      tag: fc.constantFrom('LDR', '200', '606', '9XX'),
      rule: fc.constantFrom(...ProtectionRule.options),
    }),
  )

  test('every field of the result is of ours or of theirs, and ours goes only by a replace', () => {
    fc.assert(
      fc.property(content, content, ruled, (ours, theirs, some) => {
        const { content: taken, tags } = protectFields(ours, theirs, some)
        const texts = [...ours.fields, ...theirs.fields].map((one) => JSON.stringify(one))
        expect(texts).toEqual(
          expect.arrayContaining(taken.fields.map((one) => JSON.stringify(one))),
        )
        const kept = tags.filter(({ rule, tag }) => rule !== 'replace' && tag !== 'LDR')
        for (const one of kept) expect(one.taken).toEqual(expect.arrayContaining([...one.ours]))
        expect(tags.flatMap(({ tag, taken: part }) => (tag === 'LDR' ? [] : part))).toEqual(
          taken.fields,
        )
      }),
    )
  })
})

const isOf =
  (lines: readonly string[]) =>
  ({ tag }: { tag: string }): boolean =>
    lines.some((line) => line.startsWith(tag))
