/** What is typed into the search field, by kind, drawn from titles that are there. */
import type { Title } from '../../../domain/records.ts'
import type { SearchTables } from '../../../domain/search/search-tables.ts'
import { isbn13To10 } from '../../../domain/words/isbn.ts'

export type Sample = readonly Title[]
/** A number from 0 to some millions. */
export type Pick = () => number

const hanziOf = (text: string | null): string[] =>
  Array.from(text ?? '').filter((c) => /\p{Script=Han}/u.test(c))

const initialsOf = (text: string, { readings }: SearchTables): string =>
  hanziOf(text)
    .map((character) => readings(character)[0]?.charAt(0) ?? '')
    .join('')

const pinyinOf = (text: string, { readings }: SearchTables): string =>
  hanziOf(text)
    .map((character) => readings(character)[0] ?? '')
    .join('')

/** 统一书号 of title number `index`: one in ten has one. */
export const bookNumberOf = (index: number): string =>
  `${10_001 + (index % 400)}·${1 + (index % 9_000)}`

export function makeKinds(
  sample: Sample,
  pick: Pick,
  tables: SearchTables,
): Record<string, () => string> {
  const chinese = sample.filter(({ title }) => hanziOf(title).length >= 4)
  const withIsbn = sample.filter(({ isbns }) => isbns.length > 0)
  const latin = sample.filter(({ title }) => /^[A-Za-z ]+$/.test(title))
  const inSeries = sample.filter(({ series }) => series !== null)
  const of = <T>(list: readonly T[]): T => list[pick() % list.length] as T
  const run = (length: number): string => {
    const characters = hanziOf(of(chinese).title)
    const at = pick() % Math.max(1, characters.length - length + 1)
    return characters.slice(at, at + length).join('')
  }
  const author = (): string => hanziOf(of(chinese).author).slice(0, 3).join('')
  return {
    'one hanzi': () => run(1),
    'two hanzi': () => run(2),
    'three hanzi': () => run(3),
    'four hanzi': () => run(4),
    'whole title': () => of(chinese).title,
    author,
    publisher: () => of(chinese).publisher ?? '',
    subject: () => of(sample).subjects[0] ?? '',
    series: () => of(inSeries).series ?? '',
    initials: () => initialsOf(of(chinese).title, tables).slice(0, 3 + (pick() % 4)),
    'two initials': () => initialsOf(of(chinese).title, tables).slice(0, 2),
    'one letter': () => initialsOf(of(chinese).title, tables).slice(0, 1),
    'full pinyin': () => pinyinOf(run(2 + (pick() % 3)), tables),
    'pinyin begun': () => pinyinOf(run(3), tables).slice(0, -1 - (pick() % 2)),
    'pinyin author': () => pinyinOf(author(), tables),
    'pinyin and hanzi': () => pinyinOf(run(1), tables) + run(1),
    'pinyin with a slip': () => pinyinOf(run(4), tables).replace(/h|g|n/, ''),
    'Latin word begun': () => {
      const word = of(of(latin).title.split(' '))
      return word.slice(0, 2 + (pick() % Math.max(1, word.length - 1)))
    },
    ISBN: () => of(withIsbn).isbns[0] ?? '',
    'ISBN 10': () => isbn13To10(of(withIsbn).isbns[0] ?? '') ?? '',
    'ISBN begun': () => (of(withIsbn).isbns[0] ?? '').slice(0, 6 + (pick() % 6)),
    统一书号: () => bookNumberOf(10 * (pick() % 1_000)),
    'class begun': () => (of(sample).clc ?? 'I2').slice(0, 2 + (pick() % 4)),
    'call number': () => `${of(sample).clc ?? 'I2'}/${1 + (pick() % 9_000)}`,
    'two terms': () => `${run(2)} ${run(2)}`,
    'title and author': () => {
      const title = of(chinese)
      return `${hanziOf(title.title).slice(0, 2).join('')} ${hanziOf(title.author).slice(0, 3).join('')}`
    },
    'three terms': () => `${run(1)} ${run(2)} ${run(1)}`,
    'nothing to find': () => `${run(2)}龘${run(1)}`,
  }
}

/** Kinds that a search of words can answer at all: no pinyin, no numbers. */
export const KINDS_OF_PEERS = [
  'one hanzi',
  'two hanzi',
  'four hanzi',
  'whole title',
  'author',
  'Latin word begun',
  'two terms',
  'title and author',
  'nothing to find',
] as const

/** Each keystroke of a session: a title typed hanzi by hanzi, or its pinyin letter by letter. */
export function makeKeystrokes(
  sample: Sample,
  pick: Pick,
  tables: SearchTables,
  count: number,
): string[] {
  const chinese = sample.filter(({ title }) => hanziOf(title).length >= 3)
  const keystrokes: string[] = []
  while (keystrokes.length < count) {
    const title = hanziOf((chinese[pick() % chinese.length] as Title).title)
      .slice(0, 6)
      .join('')
    const typed = pick() % 2 === 0 ? title : pinyinOf(title, tables).slice(0, 14)
    for (let length = 1; length <= typed.length; length += 1)
      keystrokes.push(typed.slice(0, length))
  }
  return keystrokes.slice(0, count)
}
