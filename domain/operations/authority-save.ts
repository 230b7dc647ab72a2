/** A heading of the city, written or changed. Rules A1 to A4. */
import { z } from 'zod'
import { Authority } from '../authority-records.ts'
import { put } from '../change.ts'
import { aSubject } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { headingKey, textOfAuthority } from '../marc/heading-key.ts'
import { alert, defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import type { AuthorityId, BranchId, StaffId } from '../words/ids.ts'
import { NamedAuthority, authorityFindings } from './about-authority.ts'
import { aboutNobody } from './about-draft.ts'

const { kind, indicators, subfields, variants, seeAlso, note } = Authority.shape
const Payload = z.strictObject({
  /** Null where it is new. */
  of: NamedAuthority.nullable(),
  kind,
  indicators,
  subfields,
  variants,
  seeAlso,
  note,
})
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ authority: z.string(), heading: z.string(), revision: z.int() })

const keysOf = (told: Pick<Payload, 'variants'>): string[] =>
  told.variants.map(headingKey).filter((key) => key !== '')

export const saveAuthority = defineOperation({
  kind: 'authority.save',
  evidence: 'intent',
  permission: 'edit-catalogue',
  audit: 'catalogue',
  payload: Payload,
  summary: Summary,
  subject: ({ of, ...told }) =>
    aSubject({
      authority: {
        authorityId: of?.authority ?? null,
        headingKey: headingKey(textOfAuthority(told)),
        variantKeys: keysOf(told),
      },
    }),
  decide(facts, { of, ...told }, ctx) {
    const madeId = ctx.newId() as AuthorityId
    const id = of?.authority ?? madeId
    const key = headingKey(textOfAuthority(told))
    const revision = (facts.authority.authority?.revision ?? 0) + 1
    const row: Authority = {
      ...told,
      id,
      headingKey: key,
      variantKeys: keysOf(told),
      revision,
      savedAt: ctx.at,
      staffId: ctx.staff.id as StaffId,
      branchId: ctx.branchId as BranchId,
    }
    return {
      findings: [
        ...(of === null ? [] : authorityFindings(facts, of)),
        ...headingFindings(facts, told, id),
      ],
      changes: [put('authority', row)],
      summary: { authority: id, heading: textOfAuthority(told), revision },
      about: aboutNobody,
    }
  },
})

/** A place and a person of one name are two headings. */
function headingFindings({ authority }: Facts, told: Omit<Payload, 'of'>, id: string): Finding[] {
  const key = headingKey(textOfAuthority(told))
  if (key === '') return [impossible('heading-without-name', 'A1')]
  const isOther = (one: Authority): boolean => one.kind === told.kind && one.id !== id
  const findings: Finding[] = []
  if (authority.sameHeading.some(isOther)) findings.push(impossible('heading-kept-already', 'A1'))
  if (keysOf(told).includes(key)) findings.push(impossible('variant-is-heading', 'A3'))
  const others = authority.underVariants.filter(isOther)
  if (others.length > 0) {
    const params = { headings: others.map(textOfAuthority).join('；') }
    findings.push(alert('variant-is-other-heading', 'A3', { params }))
  }
  return findings
}
