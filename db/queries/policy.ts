/** The city's policy; until it has arrived on this desk, the default that the program ships with. */
import { shenzhenPolicy } from '../../domain/policy/shenzhen.ts'
import type { Policy } from '../../domain/records.ts'
import type { AskedAt, Stores } from './stores.ts'

export const policy = (
  { replica }: Stores,
  _ask: Readonly<Record<string, never>>,
  _asked: AskedAt,
): Policy => replica.row('policy', 'city') ?? shenzhenPolicy
