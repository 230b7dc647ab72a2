/** What the operations on catalogues to copy from have in common. Rules C60, C61. */
import { z } from 'zod'
import type { Facts } from '../facts.ts'
import { impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { CopyTargetId } from '../words/ids.ts'

/** `revision`: of the saving that was on the screen. */
export const NamedTarget = z.strictObject({ target: CopyTargetId, revision: z.int().min(1) })
type NamedTarget = z.infer<typeof NamedTarget>

/** Why it cannot be changed now; empty where it can. */
export function targetFindings(
  { copying: { target } }: Facts,
  { revision }: Pick<NamedTarget, 'revision'>,
): Finding[] {
  if (target === null) return [impossible('unknown-copy-target', 'C60')]
  return target.revision === revision ? [] : [impossible('copy-target-changed', 'C61')]
}
