/** What both peers share: the titles, the words they are cut into, and the clock. */
import { readFileSync } from 'node:fs'

const [, , titlesFile, queriesFile] = process.argv

/** @returns {{ text: string, loans: number }[]} */
export const readTitles = () =>
  readFileSync(titlesFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

const RUNS = /\p{Script=Han}+|[\p{L}\p{N}]+/gu
const isHan = (text) => /\p{Script=Han}/u.test(text)

/** Hanzi one by one and in pairs, words as they are: as in our own index, without its pinyin. */
export function wordsOf(text) {
  const words = new Set()
  for (const [run] of text.toLowerCase().matchAll(RUNS)) {
    if (!isHan(run)) {
      words.add(run)
      continue
    }
    const hanzi = Array.from(run)
    for (const [index, one] of hanzi.entries()) {
      words.add(one)
      if (index > 0) words.add(hanzi[index - 1] + one)
    }
  }
  return [...words]
}

/** Of a query: pairs where there are any, so that as few lists as possible must meet. */
export function soughtWords(text) {
  const words = []
  for (const [run] of text.toLowerCase().matchAll(RUNS)) {
    const hanzi = Array.from(run)
    if (!isHan(run) || hanzi.length === 1) words.push(run)
    else for (let at = 1; at < hanzi.length; at += 1) words.push(hanzi[at - 1] + hanzi[at])
  }
  return [...new Set(words)]
}

export const isWord = (word) => !isHan(word)

/** Answers on stdout. `search(text)` gives the number of rows found, 50 at most. */
export function report(name, build) {
  const began = performance.now()
  const search = build()
  const buildMs = performance.now() - began
  globalThis.gc?.()
  const heapMb = process.memoryUsage().heapUsed / 1e6
  const kinds = JSON.parse(readFileSync(queriesFile, 'utf8')).map(([kind, texts]) => {
    for (const text of texts.slice(0, 20)) search(text)
    let found = 0
    const times = texts.map((text) => {
      const asked = performance.now()
      if (search(text) > 0) found += 1
      return performance.now() - asked
    })
    return { kind, times, found }
  })
  process.stdout.write(JSON.stringify({ name, buildMs, heapMb, kinds }))
}
