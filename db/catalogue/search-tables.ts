/** The dictionaries behind folding: opencc-js for variants, pinyin-pro for readings. */
import { from, to } from 'opencc-js/preset/t2cn'
import type { DictGroup, DictLike } from 'opencc-js/core'
import { pinyin } from 'pinyin-pro'

import type { SearchTables } from '../../domain/search/search-tables.ts'

/** 6,763 hanzi in daily use on the mainland. */
function readGb2312(): Set<string> {
  const decoder = new TextDecoder('gbk')
  const characters = new Set<string>()
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    const bytes = new Uint8Array(0xfe - 0xa1 + 1).fill(row)
    const pairs = new Uint8Array(2 * bytes.length)
    for (let cell = 0; cell < bytes.length; cell += 1) pairs.set([row, 0xa1 + cell], 2 * cell)
    for (const character of decoder.decode(pairs)) characters.add(character)
  }
  return characters
}

const isOneCharacter = (text: string): boolean => Array.from(text).length === 1

function* pairsOf(dictionary: DictLike): Generator<readonly [string, string]> {
  if (typeof dictionary !== 'string') {
    yield* dictionary
    return
  }
  for (const entry of dictionary.split('|')) {
    const [source = '', target = ''] = entry.split(' ')
    yield [source, target]
  }
}

function characterMap(groups: readonly DictGroup[] | undefined): Map<string, string> {
  const map = new Map<string, string>()
  for (const dictionary of (groups ?? []).flat()) {
    for (const [source, target] of pairsOf(dictionary)) {
      if (isOneCharacter(source) && isOneCharacter(target)) map.set(source, target)
    }
  }
  return map
}

/** Regional variants lead to the standard traditional form, and that to the simplified one. */
function readSimplify(): Map<string, string> {
  const gb2312 = readGb2312()
  const simplified = characterMap(to['cn'])
  const simplify = new Map(simplified)
  for (const region of ['tw', 'hk', 'jp']) {
    for (const [source, target] of characterMap(from[region])) {
      // 群 is not 羣 here, nor 床 牀: the mainland's own characters stay as they are.
      if (gb2312.has(source) || simplify.has(source)) continue
      simplify.set(source, simplified.get(target) ?? target)
    }
  }
  // Both are in GB 2312; printed in Taiwan, 活着 is 活著.
  return simplify.set('著', '着')
}

function sourcesOf(simplify: ReadonlyMap<string, string>): Map<string, string[]> {
  const sources = new Map<string, string[]>()
  for (const [source, target] of simplify) {
    sources.set(target, [...(sources.get(target) ?? []), source])
  }
  return sources
}

const READING = /^[a-z]{1,6}$/

const readAll = (character: string): string[] =>
  pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true })

/** 干 is also read as 乾 is: folding has taken that character's own reading away. */
function readingsOf(character: string, sources: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const others = sources.flatMap((source) => readAll(source)[0] ?? [])
  for (const reading of [...readAll(character), ...others]) {
    if (!READING.test(reading)) continue
    found.add(reading)
    // ü is typed as v or as u.
    if (/^[ln]v/.test(reading)) found.add(reading.replace('v', 'u'))
  }
  return [...found]
}

let opened: SearchTables | null = null

/** About 25 ms once a program, most of it loading the dictionaries; readings are looked up once a character. */
export const openSearchTables = (): SearchTables => (opened ??= readTables())

function readTables(): SearchTables {
  const readingsByCharacter = new Map<string, readonly string[]>()
  const simplify = readSimplify()
  const sources = sourcesOf(simplify)
  return {
    simplify,
    readings: (character) => {
      if (character < '\u2e80') return []
      const known = readingsByCharacter.get(character)
      if (known !== undefined) return known
      const found = readingsOf(character, sources.get(character) ?? [])
      readingsByCharacter.set(character, found)
      return found
    },
  }
}
