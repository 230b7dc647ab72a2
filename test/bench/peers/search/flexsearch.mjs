import { Index } from 'flexsearch'

import { readTitles, report, soughtWords, wordsOf } from './search-peer.mjs'

const titles = readTitles()

report('FlexSearch', () => {
  let isAsking = false
  // `forward`: the beginnings of words, and of pairs their first hanzi.
  const index = new Index({
    tokenize: 'forward',
    encode: (text) => (isAsking ? soughtWords(text) : wordsOf(text)),
  })
  for (const [id, { text }] of titles.entries()) index.add(id, text)
  isAsking = true
  return (text) => index.search(text, { limit: 50 }).length
})
