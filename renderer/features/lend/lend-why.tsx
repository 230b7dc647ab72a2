import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { usePolicyLines } from '../../app/policy-line.ts'
import { isStanding, spokenRow } from '../../app/scanned-rows.ts'
import { dueTextOf } from './lent-due.ts'
import type { LendState } from './lend-state.ts'

/** Which rule set the due date that was just told (P3): on a key, for whoever is asked. */
export function LendWhy({ lend }: { readonly lend: LendState }) {
  const { t } = useTranslation()
  const [isShown, setIsShown] = useState(false)
  const lines = usePolicyLines()
  useKeys([{ combo: 'Alt+s', label: t('why.ask'), run: () => setIsShown(!isShown) }])
  const row = spokenRow(lend)
  const summary = row?.receipt?.summary
  if (!isShown || lines === null || row === null || summary === undefined) return null
  if (!isStanding(row)) return null
  return (
    <p className="cd-quiet" role="status" data-testid="why">
      {[
        row.barcode,
        `${t('lend.due')} ${dueTextOf(summary)}`,
        lines.words(summary.policyLine),
      ].join(' · ')}
    </p>
  )
}
