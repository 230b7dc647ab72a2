/** Printing a slip from any screen. */
import { useTranslation } from 'react-i18next'
import { defaultSlip } from '../../../domain/policy/default-slips.ts'
import type { SlipKind } from '../../../domain/slip-records.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import type { EpochMs } from '../../../domain/words/calendar-date.ts'
import { useSlipsQuery } from '../desk-api.ts'
import { useSignedIn } from '../session.tsx'
import { useDeskDispatch } from '../store.ts'
import { clockTime } from '../words.ts'
import { paperLaid } from './paper-state.ts'
import { slipText, templateIn } from './slip-text.ts'
import type { SlipView } from './slip-text.ts'

/** `at`: when it happened, which is not when it is printed. */
export type PrintSlip = (kind: SlipKind, at: EpochMs, view: SlipView) => void

export function usePrint(): PrintSlip {
  const { i18n } = useTranslation()
  const dispatch = useDeskDispatch()
  const { data: slips } = useSlipsQuery({})
  const { branch, library, staff } = useSignedIn()
  return (kind, at, view) => {
    const isZh = i18n.language === 'zh-CN'
    const desk = {
      library: (isZh ? library?.nameZh : library?.nameEn) ?? '',
      branch: (isZh ? branch?.nameZh : branch?.nameEn) ?? '',
      date: dateAt(at),
      time: clockTime(at),
      staff: staff.name,
    }
    const template = slips?.find(({ id }) => id === kind) ?? defaultSlip(kind)
    dispatch(paperLaid(slipText(templateIn(template, i18n.language), { ...desk, ...view })))
  }
}
