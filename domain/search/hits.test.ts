import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { foldText, foldedPlaces } from './fold.ts'
import { hitsIn } from './hits.ts'
import type { Hits } from './hits.ts'
import { planQuery } from './query-plan.ts'
import { prepareQuery } from './re-rank.ts'
import type { SearchTables } from './search-tables.ts'

const readings: Record<string, string[]> = {
  红: ['hong', 'gong'],
  楼: ['lou'],
  梦: ['meng'],
  研: ['yan'],
  究: ['jiu'],
  深: ['shen'],
  圳: ['zhen'],
  图: ['tu'],
}
const tables: SearchTables = {
  simplify: new Map([
    ['紅', '红'],
    ['樓', '楼'],
    ['夢', '梦'],
  ]),
  readings: (character) => readings[character] ?? [],
}

const marked = (text: string, hits: Hits): string => {
  let written = ''
  let at = 0
  for (let index = 0; index < hits.length; index += 2) {
    const [from = 0, to = 0] = hits.slice(index, index + 2)
    written += `${text.slice(at, from)}[${text.slice(from, to)}]`
    at = to
  }
  return written + text.slice(at)
}
const mark = (typed: string, text: string, { isStrict = true, isSpelled = true } = {}): string =>
  marked(text, hitsIn(prepareQuery(planQuery(typed, tables), isStrict), text, isSpelled, tables))

describe('what is marked', () => {
  it.each([
    ['hanzi', '楼梦', '红楼梦研究', '红[楼梦]研究'],
    ['every place of them', '红', '红楼红', '[红]楼[红]'],
    ['traditional, asked in simplified', '红楼', '紅樓夢', '[紅樓]夢'],
    ['simplified, asked in traditional', '紅樓', '红楼梦', '[红楼]梦'],
    ['full pinyin', 'louMeng', '红楼梦研究', '红[楼梦]研究'],
    ['pinyin in traditional characters', 'hongloumeng', '紅樓夢', '[紅樓夢]'],
    ['pinyin, the last syllable begun', 'hongl', '红楼梦', '[红楼]梦'],
    ['pinyin with blanks', 'hong lou', '深红楼', '深[红楼]'],
    ['pinyin past punctuation', 'loumeng', '《红楼·梦》', '《红[楼·梦]》'],
    ['initials', 'hlm', '新红楼梦', '新[红楼梦]'],
    ['one letter, at the start alone', 'h', '红楼红', '[红]楼红'],
    ['one letter that begins something else', 'l', '红楼', '红楼'],
    ['letters and hanzi together', 'hong楼', '红楼梦', '[红楼]梦'],
    ['letters and hanzi apart', 'shen图', '深圳图志', '[深]圳[图]志'],
    ['a Latin word begun', 'pyth', 'Learn Python', 'Learn [Pyth]on'],
    ['not within a Latin word', 'cat', 'education of cats', 'education of [cat]s'],
    ['behind hanzi', 'py', '学Python', '学[Py]thon'],
    ['with diacritics', 'miserables', 'Les Misérables', 'Les [Misérables]'],
    ['with composing marks', 'mise', 'Les Mise\u0301rables', 'Les [Mise\u0301]rables'],
    ['past a dropped apostrophe', 'lamour', "Louis L'Amour", "Louis [L'Amour]"],
    ['full width', '1984', '（１９８４）', '（[１９８４]）'],
    ['a sign that folds to several', '株', '㈱红', '[㈱]红'],
    ['several terms', '梦 红', '红楼梦', '[红]楼[梦]'],
    ['nothing', '深圳', '红楼梦', '红楼梦'],
    ['nothing in nothing', '', '红楼梦', '红楼梦'],
  ])('%s: %s in %s', (_name, typed, text, expected) => {
    expect(mark(typed, text)).toBe(expected)
  })

  it('marks characters that stand apart only where the search let them', () => {
    expect(mark('梦红', '红楼梦', { isStrict: false })).toBe('[红]楼[梦]')
    expect(mark('梦红', '红楼梦')).toBe('红楼梦')
  })
  it('reads no pinyin into a text that is not found by it', () => {
    expect(mark('hlm', '红楼梦出版社', { isSpelled: false })).toBe('红楼梦出版社')
    expect(mark('ab', '红ab社', { isSpelled: false })).toBe('红[ab]社')
  })
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('红樓梦huml \'\u0301<b>"&㈱𠀀\ud800')),
    maxLength: 40,
  }),
)

describe('whatever is typed and shown', () => {
  it('marks rise, stay within the text and cut no character', () => {
    fc.assert(
      fc.property(anyText, anyText, (typed, text) => {
        const query = prepareQuery(planQuery(typed, tables), true)
        const hits = hitsIn(query, text, true, tables)
        expect(hits.length % 2).toBe(0)
        for (const [index, place] of hits.entries()) {
          expect(place).toBeGreaterThan(index === 0 ? -1 : (hits[index - 1] ?? 0))
          expect(place).toBeLessThanOrEqual(text.length)
          const isInPair =
            /[\ud800-\udbff]/.test(text.charAt(place - 1)) &&
            /[\udc00-\udfff]/.test(text.charAt(place))
          expect(isInPair).toBe(false)
        }
        expect(marked(text, hits).replaceAll(/[[\]]/g, '')).toBe(text.replaceAll(/[[\]]/g, ''))
      }),
      { numRuns: 500 },
    )
  })

  it('folds by characters to what it folds to as a whole', () => {
    const plain = fc.constantFrom(...Array.from("红樓夢abZ9 .'-：（》é①"))
    fc.assert(
      fc.property(fc.string({ unit: plain, maxLength: 30 }), (text) => {
        expect(foldedPlaces(text, tables).characters.join('').trim()).toBe(foldText(text, tables))
      }),
      { numRuns: 500 },
    )
  })
})
