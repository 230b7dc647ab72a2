import { HddOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../contract/queries.ts'
import { useStorageStatusQuery } from './desk-api.ts'

type Status = AnswerOf<'storage-status'>
type Trouble = 'full' | 'low' | 'short' | 'withoutRecords' | 'missing' | 'behind' | 'clock'

/** The worst first; null where all is well. */
export function worstOf(status: Status): Trouble | null {
  if (status.disk !== 'ample') return status.disk
  if (status.isWithoutRecords) return 'withoutRecords'
  if ((status.salvage?.missing.length ?? 0) > 0) return 'missing'
  if (status.mirror === 'behind') return 'behind'
  return status.isClockSuspect ? 'clock' : null
}

/** Says what is wrong with the desk's own files, and nothing where nothing is. */
export function StorageLine() {
  const { t } = useTranslation()
  const { data: status } = useStorageStatusQuery({})
  const worst = status === undefined ? null : worstOf(status)
  if (worst === null) return null
  return (
    <span
      className="cd-status-amber"
      role={worst === 'full' ? 'alert' : undefined}
      data-testid="status-storage"
      data-trouble={worst}
    >
      <HddOutlined aria-hidden />
      {t(`storage.line.${worst}`)}
    </span>
  )
}
