/** What each slip says: the city's text, or the one that the program ships with. */
import { defaultSlip } from '../../domain/policy/default-slips.ts'
import { slipKinds } from '../../domain/slip-records.ts'
import type { SlipTemplate } from '../../domain/slip-records.ts'
import type { AskedAt, Stores } from './stores.ts'

export const slips = (
  { replica }: Stores,
  _ask: Readonly<Record<string, never>>,
  _asked: AskedAt,
): readonly SlipTemplate[] =>
  slipKinds.map((id) => replica.row('slip-template', id) ?? defaultSlip(id))
