/**
 * Publishers, series and subjects, each written once: a fifth of a catalogue less. A phrase keeps its
 * number for as long as the file is there.
 */
import type { Statement } from '../open.ts'

export interface Phrases {
  /** The number is made where the text is new; null for null. */
  readonly numberOf: (text: string | null) => number | null
  /** Null for null. Throws (a defect) where the file has no such number. */
  readonly textOf: (number: number | null) => string | null
}

/**
 * `isKept`: what was asked for once stays in memory. Not where a transaction may be taken back, and
 * the numbers that it gave with it.
 */
export function openPhrases(sql: (text: string) => Statement, isKept: boolean): Phrases {
  const readNumber = (text: string): number => {
    const known = sql('SELECT number FROM phrase WHERE text = ?').pluck().get(text)
    return Number(known ?? sql('INSERT INTO phrase (text) VALUES (?)').run(text).lastInsertRowid)
  }
  const readText = (number: number): string => {
    const text = sql('SELECT text FROM phrase WHERE number = ?').pluck().get(number)
    if (typeof text !== 'string') throw new Error(`no phrase ${number}`)
    return text
  }
  const toNumber = isKept ? kept(readNumber) : readNumber
  const toText = isKept ? kept(readText) : readText
  return {
    numberOf: (text) => (text === null ? null : toNumber(text)),
    textOf: (number) => (number === null ? null : toText(number)),
  }
}

/** Some 5 MB; a city has more, and asks for few of them at a time. */
const KEPT_MAX = 50_000

/** Forgets all when it is full, which costs less than knowing what was used last. */
export function kept<K, V>(read: (key: K) => V): (key: K) => V {
  const valuesByKey = new Map<K, V>()
  return (key) => {
    const known = valuesByKey.get(key)
    if (known !== undefined) return known
    const value = read(key)
    if (valuesByKey.size >= KEPT_MAX) valuesByKey.clear()
    valuesByKey.set(key, value)
    return value
  }
}
