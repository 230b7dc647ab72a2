/** Something that people at a desk do. */
import type { Override } from '../../domain/operation.ts'

export interface Act {
  readonly kind: string
  readonly payload: unknown
  readonly overrides: readonly Override[]
}

export type Doing = Omit<Act, 'overrides'> & { readonly overrides?: readonly Override[] }
