/** What the card says that was scanned: of several, that one decides (P 4). Rules L5, L23. */
import type { Facts } from '../facts.ts'
import { impossible, isOverridden, override } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import type { Card } from '../reader-records.ts'

/** A closed reader has no card that is good for anything. */
const stateOfCard = ({ reader, scannedCard }: Facts): Card['state'] =>
  reader === null
    ? 'valid'
    : reader.cardState === 'closed'
      ? 'closed'
      : (scannedCard?.state ?? reader.cardState)

export function cardFindings(facts: Facts, ctx: Ctx): Finding[] {
  const blocked = { permission: 'override-blocks', exception: 'reader-blocked' } as const
  switch (stateOfCard(facts)) {
    case 'valid':
      return []
    case 'lost':
      return [impossible('card-lost', 'L5', blocked)]
    case 'closed':
      return [impossible('card-closed', 'L5', blocked)]
    case 'replaced': {
      const params = { card: facts.scannedCard?.number ?? '' }
      const exception = isOverridden(ctx, 'card-replaced') ? null : 'reader-blocked'
      return [override('card-replaced', 'L23', { params, permission: 'circulate', exception })]
    }
  }
}
