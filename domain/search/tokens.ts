/**
 * The words of the index. Every namespace has its own mark, a sign that folding never leaves in a
 * text, so that `shi` never meets 是 and a title's start never meets its middle
 * (reference/search.md).
 */
import type { Title } from '../records.ts'
import { foldText, isHanzi, runsOf } from './fold.ts'
import type { SearchTables } from './search-tables.ts'

export const EDGE_LENGTH_MAX = 5

/** Hanzi and hanzi bigrams carry no mark. */
export const token = {
  hanzi: (text: string): string => text,
  start: (text: string): string => `§${text}`,
  edge: (text: string): string => `¬${text}`,
  word: (text: string): string => `¤${text}`,
  syllable: (text: string): string => `¶${text}`,
  syllablePair: (first: string, second: string): string => `¶${first}¶${second}`,
  initials: (text: string): string => `°${text}`,
  initialsStart: (text: string): string => `±${text}`,
}

/** Beyond this, a title is a text; a hostile record must not swell the index. */
const FIELD_LENGTH_MAX = 240
const REST_LENGTH_MAX = 80

/** Longest first, so that 编著 is not cut as 著 behind 编. */
const ROLES = [
  '编辑委员会',
  '总主编',
  '总编纂',
  '编委会',
  '原作者',
  '主编',
  '副主编',
  '编著',
  '编译',
  '编纂',
  '编辑',
  '编写',
  '编绘',
  '译注',
  '译著',
  '译校',
  '校注',
  '校点',
  '校订',
  '点校',
  '选编',
  '选注',
  '选译',
  '注释',
  '注译',
  '绘图',
  '绘画',
  '插图',
  '摄影',
  '改编',
  '整理',
  '口述',
  '作者',
  '导演',
  '主演',
  '演唱',
  '作曲',
  '等著',
  '等编',
  '等译',
  '等绘',
  '著',
  '编',
  '译',
  '绘',
  '撰',
  '辑',
  '注',
  '校',
  '等',
]
  // The dictionaries fold 著 to 着.
  .flatMap((role) => (role.includes('著') ? [role, role.replace('著', '着')] : [role]))
  .toSorted((a, b) => b.length - a.length)

const PUBLISHER_KINDS = [
  '出版有限责任公司',
  '出版股份有限公司',
  '出版集团有限公司',
  '出版有限公司',
  '出版集团',
  '出版公司',
  '出版总社',
  '出版社',
  '书局出版',
].toSorted((a, b) => b.length - a.length)

/** （清）, [美], 〔法〕: where or when a person wrote. */
const ORIGINS = /[（([〔【［][^）)\]〕】］]{1,8}[）)\]〕】］]/g

const cutEnd = (text: string, endings: readonly string[], keepMin: number): string => {
  const ending = endings.find((end) => text.endsWith(end) && text.length - end.length >= keepMin)
  return ending === undefined ? text : text.slice(0, -ending.length)
}

/** Folded statement of responsibility without the words for what each person did. */
export function cutRoles(foldedAuthor: string): string {
  return foldedAuthor
    .split(' ')
    .map((part) => {
      const once = cutEnd(part, ROLES, 2)
      return once === part ? part : cutEnd(once, ROLES, 2)
    })
    .filter((part) => !ROLES.includes(part))
    .join(' ')
}

export const cutPublisher = (foldedPublisher: string): string =>
  foldedPublisher
    .split(' ')
    .map((part) => cutEnd(part, PUBLISHER_KINDS, 2))
    .join(' ')

/** The texts of a title as they are matched, folded once. */
export interface FoldedTitle {
  readonly title: string
  readonly otherTitle: string
  readonly author: string
  readonly publisher: string
  /** Series and subjects. */
  readonly rest: readonly string[]
}

const foldTo = (text: string | null, lengthMax: number, tables: SearchTables): string =>
  text === null
    ? ''
    : foldText(text.slice(0, lengthMax), tables).slice(0, lengthMax).toWellFormed().trim()

/** Each of a title's texts as it is matched, by itself: rows keep none that is folded quickly. */
export const foldField = {
  title: (text: string | null, tables: SearchTables): string =>
    foldTo(text, FIELD_LENGTH_MAX, tables),
  author: (text: string | null, tables: SearchTables): string =>
    cutRoles(foldTo(text?.replaceAll(ORIGINS, ' ') ?? null, FIELD_LENGTH_MAX, tables)),
  publisher: (text: string | null, tables: SearchTables): string =>
    cutPublisher(foldTo(text, FIELD_LENGTH_MAX, tables)),
  /** A series or a subject. */
  rest: (text: string | null, tables: SearchTables): string =>
    foldTo(text, REST_LENGTH_MAX, tables),
}

/** As many subjects of a title are matched. */
export const SUBJECTS_MATCHED_MAX = 12

export const foldTitle = (title: Title, tables: SearchTables): FoldedTitle => ({
  title: foldField.title(title.title, tables),
  otherTitle: foldField.title(title.otherTitle, tables),
  author: foldField.author(title.author, tables),
  publisher: foldField.publisher(title.publisher, tables),
  rest: [title.series, ...title.subjects.slice(0, SUBJECTS_MATCHED_MAX)]
    .map((text) => foldField.rest(text, tables))
    .filter(Boolean),
})

const addHanzi = (tokens: Set<string>, text: string, hasSingles: boolean): void => {
  let before = ''
  for (const character of text) {
    if (hasSingles) tokens.add(character)
    if (before !== '') tokens.add(before + character)
    before = character
  }
}

const addWord = (tokens: Set<string>, word: string): void => {
  let edge = token.edge('')
  let length = 0
  for (const character of word) {
    length += 1
    if (length > EDGE_LENGTH_MAX) break
    edge += character
    tokens.add(edge)
  }
  if (length > EDGE_LENGTH_MAX) tokens.add(token.word(word))
}

/** What a hanzi brings to the index; made once a character. */
interface Spelling {
  /** With their mark. */
  readonly syllables: readonly string[]
  readonly letters: readonly string[]
}

const spellings = new WeakMap<SearchTables, Map<string, Spelling>>()

function spellingsOf(tables: SearchTables): Map<string, Spelling> {
  const known = spellings.get(tables)
  if (known !== undefined) return known
  const made = new Map<string, Spelling>()
  spellings.set(tables, made)
  return made
}

function spellingOf(character: string, tables: SearchTables): Spelling {
  const byCharacter = spellingsOf(tables)
  const known = byCharacter.get(character)
  if (known !== undefined) return known
  const readings = tables.readings(character)
  const made = {
    syllables: readings.map(token.syllable),
    letters: [...new Set(readings.map((reading) => reading.charAt(0)))],
  }
  byCharacter.set(character, made)
  return made
}

const firstLetters = (character: string, tables: SearchTables): readonly string[] =>
  spellingOf(character, tables).letters

/** Syllables, syllable pairs and initials of one run of hanzi, over all readings. */
const addPinyin = (tokens: Set<string>, text: string, tables: SearchTables): void => {
  let before: readonly string[] = []
  let beforeLetters: readonly string[] = []
  let earlierLetters: readonly string[] = []
  for (const character of text) {
    const { syllables, letters } = spellingOf(character, tables)
    for (const syllable of syllables) {
      tokens.add(syllable)
      // A pair is its syllables with their marks: ¶hong¶lou.
      for (const earlier of before) tokens.add(earlier + syllable)
    }
    for (const a of earlierLetters) {
      for (const b of beforeLetters) {
        for (const c of letters) tokens.add(token.initials(a + b + c))
      }
    }
    earlierLetters = beforeLetters
    before = syllables
    beforeLetters = letters
  }
}

/** Two-letter names, which have no trigram: 鲁迅 → lx. */
const addNamePair = (tokens: Set<string>, text: string, tables: SearchTables): void => {
  const [first, second, third] = Array.from(text)
  if (first === undefined || second === undefined || third !== undefined) return
  for (const a of firstLetters(first, tables)) {
    for (const b of firstLetters(second, tables)) tokens.add(token.initials(a + b))
  }
}

const addStart = (tokens: Set<string>, title: string, tables: SearchTables): void => {
  const [first, second] = Array.from(title.replaceAll(' ', ''))
  if (first === undefined) return
  tokens.add(token.start(first))
  if (second !== undefined) tokens.add(token.start(first + second))
  for (const a of firstLetters(first, tables)) {
    tokens.add(token.initialsStart(a))
    if (second === undefined) continue
    for (const b of firstLetters(second, tables)) tokens.add(token.initialsStart(a + b))
  }
}

interface FieldWeight {
  readonly hasSingles: boolean
  readonly hasPinyin: boolean
}

const addField = (
  tokens: Set<string>,
  text: string,
  { hasSingles, hasPinyin }: FieldWeight,
  tables: SearchTables,
): void => {
  if (text === '') return
  for (const run of runsOf(text)) {
    if (run.kind === 'word') addWord(tokens, run.text)
    else {
      addHanzi(tokens, run.text, hasSingles)
      if (hasPinyin) addPinyin(tokens, run.text, tables)
    }
  }
}

/** All tokens of a title. Only letters, digits and the marks occur in them, never a blank. */
export function tokensOf(folded: FoldedTitle, tables: SearchTables): Set<string> {
  const tokens = new Set<string>()
  const full = { hasSingles: true, hasPinyin: true }
  addField(tokens, folded.title, full, tables)
  addField(tokens, folded.otherTitle, full, tables)
  addField(tokens, folded.author, full, tables)
  for (const text of [folded.publisher, ...folded.rest]) {
    addField(tokens, text, { hasSingles: false, hasPinyin: false }, tables)
  }
  addStart(tokens, folded.title, tables)
  for (const name of folded.author.split(' ')) {
    if (name.length <= 4 && isHanzi(Array.from(name)[0] ?? '')) addNamePair(tokens, name, tables)
  }
  return tokens
}

/** Words longer than the edge tokens: they stand in the vocabulary for longer prefixes. */
export const longWordsOf = (tokens: ReadonlySet<string>): string[] => {
  const words: string[] = []
  for (const text of tokens) if (text.startsWith('¤')) words.push(text.slice(1))
  return words
}
