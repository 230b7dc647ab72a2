import { useMemo } from 'react'
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { recordContext } from '../../../domain/marc/lint-finding.ts'
import type { LintContext } from '../../../domain/marc/lint-finding.ts'
import { useSignedIn } from '../../app/session.tsx'
import { useToday } from '../../app/use-today.ts'

/** What the rules of quality look at beside the record itself. */
export function useLintContext(base: BibContent | null): LintContext {
  const year = Number(useToday().slice(0, 4))
  const agency = useSignedIn().branch?.libraryId ?? null
  return useMemo(
    () => ({ ...recordContext(year), agency, base: base && bibToMarcRecord(base) }),
    [year, agency, base],
  )
}
