/** Which places share their book numbers, and how they are given. Rules C41, C46 of docs/rules.md. */
import { z } from 'zod'
import { patch, put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Ctx, Finding } from '../operation.ts'
import { placeClash } from '../policy/number-schemes.ts'
import { onShelves } from '../shelf-facts.ts'
import { NumberScheme } from '../shelf-records.ts'
import { SchemeId } from '../words/ids.ts'

const { id: _id, ...fields } = NumberScheme.shape

const Payload = z.strictObject({
  /** Null where it is new. */
  scheme: SchemeId.nullable(),
  ...fields,
  /** As it was on the screen; null where it is new. */
  was: NumberScheme.nullable(),
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ schemeId: z.string() })

export const setScheme = defineOperation({
  kind: 'scheme.set',
  evidence: 'intent',
  permission: 'review-records',
  audit: 'policy',
  payload: Payload,
  summary: Summary,
  subject: () => aSubject({ shelf: onShelves({}) }),
  decide(facts, { scheme: named, was, ...set }, ctx) {
    const madeId = ctx.newId() as SchemeId
    const scheme: NumberScheme = { id: named ?? madeId, ...set }
    const { schemes } = facts.shelf
    const isNew = !schemes.some(({ id }) => id === scheme.id)
    const next = isNew
      ? [...schemes, scheme]
      : schemes.map((one) => (one.id === scheme.id ? scheme : one))
    return {
      findings: [...changedFindings(facts, scheme, was, ctx), ...placesFindings(scheme, schemes)],
      changes: [
        facts.shelf.hasSchemes
          ? patch('number-schemes', 'city', { schemes: next })
          : put('number-schemes', { id: 'city', schemes: next }),
      ],
      summary: { schemeId: scheme.id },
      about: { itemId: null, readerId: null, loanId: null, otherLoanId: null },
    }
  },
})

/** C46: written at another desk meanwhile, it is looked at again before it is written over. */
function changedFindings(
  { shelf }: Facts,
  scheme: NumberScheme,
  was: Payload['was'],
  ctx: Ctx,
): Finding[] {
  const now = shelf.schemes.find(({ id }) => id === scheme.id) ?? null
  const isSame = (one: NumberScheme | null): boolean => JSON.stringify(one) === JSON.stringify(now)
  // Decided again after its own writing, it finds itself.
  return isSame(was) || (ctx.mode === 'record' && isSame(scheme))
    ? []
    : [impossible('scheme-changed-elsewhere', 'C46')]
}

function placesFindings(scheme: NumberScheme, schemes: readonly NumberScheme[]): Finding[] {
  const clash = placeClash(scheme, schemes)
  if (clash === null) return []
  const { place, other } = clash
  const params = { branch: place.branchId, shelf: place.shelf ?? '', scheme: other?.nameZh ?? '' }
  return [impossible(other === null ? 'place-twice' : 'place-in-other-scheme', 'C41', { params })]
}
