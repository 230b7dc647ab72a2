/** Who might be the person that is about to be registered, on this desk's own rows (D3). */
import { holderOf } from '../../domain/reader-facts.ts'
import type { Reader } from '../../domain/records.ts'
import { idNumberHashOf } from '../id-number-hash.ts'
import { gatherFrom } from '../replica/load-facts.ts'
import type { AskedAt, Stores } from './stores.ts'

interface Ask {
  readonly card: string
  readonly name: string
  readonly bornOn: string | null
  readonly phone: string
  readonly idNumber: string
  /** Of a card that was read: nobody has its number any more. */
  readonly idNumberHash: string | null
}

type Why = 'same-card' | 'same-hash' | 'same-person' | 'same-phone' | 'same-name'

interface Duplicates {
  readonly idNumberHash: string | null
  readonly rows: readonly {
    readonly why: Why
    readonly reader: Pick<Reader, 'id' | 'name' | 'cardNumber' | 'bornOn' | 'category'>
  }[]
}

/** More is no warning any more: 王芳 alone is 3 in 1,000 of a city. */
const ALIKE_MAX = 5

export function findDuplicates(
  { replica: { rows } }: Stores,
  ask: Ask,
  _asked: AskedAt,
): Duplicates {
  const { card, name, bornOn, phone } = ask
  const idNumberHash = ask.idNumberHash ?? idNumberHashOf(rows, ask.idNumber)
  const found = new Map<string, Duplicates['rows'][number]>()
  const add = (why: Why, readers: readonly Reader[]): void => {
    for (const reader of readers) {
      if (reader.mergedIntoId !== null || found.has(reader.id)) continue
      const { id, cardNumber, category } = reader
      found.set(id, {
        why,
        reader: { id, name: reader.name, cardNumber, bornOn: reader.bornOn, category },
      })
    }
  }
  const byCard = card === '' ? null : gatherFrom(rows, holderOf(card)).reader
  add('same-card', byCard === null ? [] : [byCard])
  if (idNumberHash !== null) add('same-hash', rows.find('readersByIdHash', [idNumberHash]))
  const sameName = name === '' ? [] : rows.select('reader', 'WHERE name = ? LIMIT ?', name, 50)
  if (bornOn !== null) {
    add(
      'same-person',
      sameName.filter((reader) => reader.bornOn === bornOn),
    )
  }
  if (phone !== '') add('same-phone', rows.select('reader', 'WHERE phone = ? LIMIT 3', phone))
  // Two people of one name and different birth dates are two people.
  add(
    'same-name',
    sameName.filter((reader) => bornOn === null || reader.bornOn === null),
  )
  return { idNumberHash, rows: [...found.values()].slice(0, ALIKE_MAX) }
}
