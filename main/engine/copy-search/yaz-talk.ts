/** What `yaz-client` printed → how many there are, or why not. Its words are the same in every language. */
import { CopyFailure } from './copy-failure.ts'

const HITS = /^Number of hits: (\d{1,12})/m
/** `    [109] Database unavailable -- v2 addinfo 'Nodb'` */
const DIAGNOSTIC = /^ {2,}\[\d+\] (.+)$/m
const REFUSED =
  /^(?:Connection rejected|.*?\berror = |Target closed connection|.*Unspecified error)/m

/** Throws CopyFailure. */
export function readYazTalk(talk: string): { readonly total: number } {
  const hits = HITS.exec(talk)
  // Behind the hits come records, whose text may say anything.
  const before = hits === null ? talk : talk.slice(0, hits.index + hits[0].length)
  if (hits === null) {
    const told = DIAGNOSTIC.exec(before)?.[1]
    if (told !== undefined) throw new CopyFailure('told-trouble', wordsOf(told))
    throw new CopyFailure(REFUSED.test(before) ? 'unreachable' : 'not-an-answer')
  }
  const total = Number(hits[1])
  const behind = talk.slice(hits.index, talk.indexOf('Elapsed:', hits.index))
  const told = DIAGNOSTIC.exec(behind)?.[1]
  if (total === 0 && told !== undefined) throw new CopyFailure('told-trouble', wordsOf(told))
  return { total }
}

/** `-- v2 addinfo` stands between what is wrong and with what. */
const wordsOf = (told: string): string =>
  told.replace(/ -- v\d addinfo '(.*)'$/, (_, about: string) => (about === '' ? '' : ` · ${about}`))
