import { describe, expect, test } from 'vitest'
import { defaultSlip } from '../../../domain/policy/default-slips.ts'
import { slipKinds } from '../../../domain/slip-records.ts'
import { sampleView } from './sample-view.ts'
import { slipProblems, slipText } from './slip-text.ts'

describe('the text of a slip', () => {
  test('names and lists are filled in, and nothing is made HTML of', () => {
    const view = { reader: 'A & B', loans: [{ title: '<活着>' }, { title: '"兄弟"' }] }
    expect(slipText('{{reader}}:{{#loans}} {{title}}{{/loans}}', view)).toBe('A & B: <活着> "兄弟"')
  })

  test('a line that holds only a tag leaves no empty line', () => {
    expect(slipText('a\n{{#loans}}\n{{title}}\n{{/loans}}\nb', { loans: [{ title: 'x' }] })).toBe(
      'a\nx\nb',
    )
  })

  test.each(slipKinds)('the shipped %s prints whole, in both languages', (kind) => {
    const { zh, en } = defaultSlip(kind)
    for (const text of [zh, en]) {
      expect(slipProblems(kind, text)).toEqual([])
      const printed = slipText(text, sampleView(kind))
      expect(printed).not.toMatch(/\{\{|undefined/)
      expect(printed.split('\n').length).toBeGreaterThan(4)
    }
  })
})

describe('what stands in the way', () => {
  test.each([
    [
      'a name that this slip does not have',
      '{{loans}} {{price}}',
      [{ is: 'unknown-name', name: 'price' }],
    ],
    ['of a list outside of it', '{{barcode}}', [{ is: 'unknown-name', name: 'barcode' }]],
    ['a tag left open', 'x {{reader', [{ is: 'not-closed' }]],
    ['a list left open', '{{#loans}} {{title}}', [{ is: 'not-closed' }]],
    ['another template in it', '{{> other}}', [{ is: 'unknown-name', name: 'other' }]],
    ['a comment', '{{! for the printer }}', []],
  ])('%s', (_says, text, problems) => {
    expect(slipProblems('loan-receipt', text)).toEqual(problems)
  })
})
