/** What the operations on headings of the city have in common. Rule A2. */
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { AuthorityId } from '../words/ids.ts'

/** `revision`: of the saving that was on the screen. */
export const NamedAuthority = z.strictObject({ authority: AuthorityId, revision: z.int().min(1) })
type NamedAuthority = z.infer<typeof NamedAuthority>

/** Why it cannot be changed now; empty where it can. */
export function authorityFindings(
  { authority: { authority } }: Facts,
  { revision }: Pick<NamedAuthority, 'revision'>,
): Finding[] {
  if (authority === null) return [impossible('unknown-authority', 'A2')]
  return authority.revision === revision ? [] : [impossible('authority-changed', 'A2')]
}
