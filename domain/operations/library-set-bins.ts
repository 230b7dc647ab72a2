/** The bins of a library's sorter, the whole list at once: its order counts. Rule R19 of docs/rules.md. */
import { z } from 'zod'
import { patch } from '../change.ts'
import { askedOfSorter } from '../edited-rule.ts'
import { aSubject } from '../facts.ts'
import { defineOperation, impossible } from '../operation.ts'
import type { Finding } from '../operation.ts'
import { SorterBin } from '../policy/sorter-bins.ts'
import type { Library } from '../records.ts'
import { inRules } from '../rules-facts.ts'
import { LibraryId } from '../words/ids.ts'
import { aboutNobody } from './policy-set-line.ts'

const Bins = z.array(SorterBin).max(200)

/** `from`: as the screen showed them. */
const Payload = z.strictObject({ library: LibraryId, from: Bins, to: Bins })
type Payload = z.infer<typeof Payload>

const Summary = z.strictObject({ library: z.string(), binsCount: z.int() })

export const setBins = defineOperation({
  kind: 'library.set-bins',
  evidence: 'intent',
  permission: 'edit-calendar',
  audit: 'policy',
  payload: Payload,
  summary: Summary,
  asks: ({ library }) => askedOfSorter(library),
  subject: ({ library }) => aSubject({ rules: inRules({ changedLibraryId: library }) }),
  decide({ rules: { changedLibrary } }, payload) {
    const findings = binsFindings(changedLibrary, payload)
    const isClear = changedLibrary !== null && findings.length === 0
    return {
      findings,
      changes: isClear ? [patch('library', changedLibrary.id, { sorterBins: payload.to })] : [],
      summary: { library: payload.library, binsCount: payload.to.length },
      about: aboutNobody,
    }
  },
})

function binsFindings(library: Library | null, { library: id, from, to }: Payload): Finding[] {
  if (library === null) return [impossible('line-names-unknown', 'R19', { params: { name: id } })]
  const isAsShown = [from, to].some((bins) => isSame(library.sorterBins, bins))
  return isAsShown ? [] : [impossible('bins-changed-meanwhile', 'R19')]
}

const isSame = (one: readonly SorterBin[], other: readonly SorterBin[]): boolean =>
  one.length === other.length &&
  one.every((row, index) => {
    const beside = other[index]
    return beside !== undefined && fields.every((field) => row[field] === beside[field])
  })
const fields = Object.keys(SorterBin.shape) as (keyof SorterBin)[]
