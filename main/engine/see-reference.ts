/** Where a search for a variant leads: the heading under which the city's records stand. */
import { headingsOfVariant } from '../../db/queries/authorities.ts'
import type { AskedAt } from '../../db/queries/stores.ts'
import { nameOfAuthority, textOfAuthority } from '../../domain/marc/heading-key.ts'
import type { Stores } from './stores.ts'

export interface See {
  readonly variant: string
  readonly heading: string
  readonly name: string
}

/** Null where the text is no variant of any. */
export function seeReference(
  stores: Pick<Stores, 'replica'>,
  text: string,
  now: AskedAt,
): See | null {
  const [authority] = headingsOfVariant(stores, { text }, now)
  if (authority === undefined) return null
  return {
    variant: text.trim(),
    heading: textOfAuthority(authority),
    name: nameOfAuthority(authority),
  }
}
