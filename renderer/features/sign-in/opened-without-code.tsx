import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/states.tsx'

/** The page was opened by hand: without the one-time address there is no way in. */
export function OpenedWithoutCode() {
  const { t } = useTranslation()
  return <EmptyState title={t('signIn.noCode')} hint={t('signIn.noCodeHint')} testId="no-code" />
}
