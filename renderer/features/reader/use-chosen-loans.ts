/** Which loans are meant: a row by the arrows, some by the blank. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LoanId } from '../../../domain/words/ids.ts'
import { useKeys } from '../../app/keys.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'

export interface ChosenLoans {
  readonly ids: ReadonlySet<string>
  /** The row that the arrows are at; -1 before the first of them. */
  readonly at: number
  readonly toggle: (loan: LoanId) => void
  readonly forget: () => void
}

export function useChosenLoans(loans: ReaderCard['loans']): ChosenLoans {
  const { t } = useTranslation()
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [atId, setAtId] = useState<string | null>(null)
  const at = loans.findIndex(({ loan }) => loan.id === atId)
  const step = (by: number): void => {
    // From where it is by then: a key held down comes faster than the screen is drawn.
    setAtId((before) => {
      const from = loans.findIndex(({ loan }) => loan.id === before)
      return loans[Math.min(loans.length - 1, Math.max(0, from + by))]?.loan.id ?? null
    })
  }
  const toggle = (loan: LoanId): void => {
    setAtId(loan)
    setIds((before) => {
      const after = new Set(before)
      if (!after.delete(loan)) after.add(loan)
      return after
    })
  }
  const row = loans[at]
  useKeys([
    { combo: 'ArrowDown', label: t('keys.down'), run: () => step(1), isInFields: false },
    { combo: 'ArrowUp', label: t('keys.up'), run: () => step(-1), isInFields: false },
    ...(row === undefined
      ? []
      : [
          {
            combo: ' ',
            label: t('renewSome.toggle'),
            run: () => toggle(row.loan.id),
            isInFields: false,
          },
        ]),
  ])
  return { ids, at, toggle, forget: () => setIds(new Set()) }
}
