import MiniSearch from 'minisearch'

import { isWord, readTitles, report, soughtWords, wordsOf } from './search-peer.mjs'

const titles = readTitles()

report('MiniSearch', () => {
  const index = new MiniSearch({
    fields: ['text'],
    tokenize: wordsOf,
    processTerm: (term) => term,
    searchOptions: { tokenize: soughtWords, combineWith: 'AND', prefix: isWord },
  })
  index.addAll(titles.map(({ text }, id) => ({ id, text })))
  return (text) => index.search(text).slice(0, 50).length
})
