/** Renewing loans one after the other, and what came of each. */
import { useState } from 'react'
import type { Finding } from '../../../domain/operation.ts'
import type { LoanId } from '../../../domain/words/ids.ts'
import { newRequestId, perform } from '../../app/perform.ts'
import type { Answer, GivenOverride } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

export type Renewal = Answer<'loan.renew'>

export interface Renewals {
  readonly byLoan: ReadonlyMap<string, Renewal>
  /** Set while several are being renewed. */
  readonly progress: { readonly done: number; readonly total: number } | null
  /** `overrides`: given once for all of them; each takes those that it was asked for. */
  readonly renew: (loans: readonly LoanId[], overrides: readonly GivenOverride[]) => Promise<void>
}

export const isRenewed = (renewal: Renewal | undefined): boolean =>
  renewal?.receipt?.outcome === 'done'

export const isAsked = (renewal: Renewal | undefined): boolean =>
  renewal?.receipt?.outcome === 'needs-override'

/** What several renewals ask, each question once; two must sign where one of them needs it. */
export function askedOfAll(renewals: readonly (Renewal | undefined)[]): readonly Finding[] {
  const byCode = new Map<string, Finding>()
  for (const finding of renewals.flatMap((one) => one?.receipt?.findings ?? [])) {
    const known = byCode.get(finding.code)
    const needsSecondPerson = known?.needsSecondPerson === true || finding.needsSecondPerson
    byCode.set(finding.code, { ...(known ?? finding), needsSecondPerson })
  }
  return [...byCode.values()]
}

export const overridesFor = (
  renewal: Renewal | undefined,
  overrides: readonly GivenOverride[],
): readonly GivenOverride[] =>
  overrides.filter(({ code }) => renewal?.receipt?.findings.some((one) => one.code === code))

export function useRenewals(): Renewals {
  const { desk, play } = useServices()
  const [byLoan, setByLoan] = useState<ReadonlyMap<string, Renewal>>(new Map())
  const [progress, setProgress] = useState<Renewals['progress']>(null)
  const renew: Renewals['renew'] = async (loans, overrides) => {
    let renewedCount = 0
    for (const [index, loan] of loans.entries()) {
      if (loans.length > 1) setProgress({ done: index, total: loans.length })
      const renewal = await perform(desk, {
        requestId: newRequestId(),
        kind: 'loan.renew',
        payload: { loan },
        overrides: overridesFor(byLoan.get(loan), overrides),
      })
      if (isRenewed(renewal)) renewedCount += 1
      setByLoan((before) => new Map(before).set(loan, renewal))
    }
    setProgress(null)
    play(renewedCount === loans.length ? 'done' : 'needs-you')
  }
  return { byLoan, progress, renew }
}
