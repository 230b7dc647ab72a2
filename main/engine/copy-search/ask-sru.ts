/** Asks one catalogue over SRU. */
import type { CopyTarget } from '../../../domain/copying-records.ts'
import { cqlOf, sruUrl } from '../../../domain/copying/copy-wish.ts'
import type { CopyWish } from '../../../domain/copying/copy-wish.ts'
import { CopyFailure } from './copy-failure.ts'
import { fetchAnswer } from './fetch-answer.ts'
import { decodeXml, readSruAnswer } from './sru-answer.ts'
import type { SruAnswer } from './sru-answer.ts'

/** Throws CopyFailure. */
export async function askSru(
  target: CopyTarget,
  wish: CopyWish,
  signal: AbortSignal,
): Promise<SruAnswer> {
  const cql = cqlOf(wish, target)
  if (cql === null) throw new CopyFailure('no-such-access')
  const { bytes, contentType } = await fetchAnswer(sruUrl(target, cql), signal)
  const { encoding } = target
  const declared = encoding === 'utf-8' || encoding === 'gb18030' ? encoding : null
  return readSruAnswer(decodeXml(bytes, contentType, declared))
}
