import { useTranslation } from 'react-i18next'
import { MoreLine } from '../ui/states.tsx'
import { useSyncStatusQuery } from './desk-api.ts'
import { ageInWords } from './words.ts'

/** On screens that look things up: without a line the answer is as old as the desk's facts. */
export function OfflineLine() {
  const { t } = useTranslation()
  const { data: sync } = useSyncStatusQuery({})
  if (sync === undefined || sync.connection === 'online') return null
  const age =
    sync.factsAgeMs === null
      ? t('status.ageNone')
      : t('status.age', { age: ageInWords(t, sync.factsAgeMs) })
  return <MoreLine text={`${t('state.offlineHint')} ${age}`} testId="offline-line" />
}
