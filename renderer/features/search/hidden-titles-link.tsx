import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useBrowseTitlesQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { filterOf } from './chosen-filter.ts'

const HIDDEN_ONES = { text: '', filter: filterOf(new URLSearchParams({ hidden: '1' })), limit: 1 }

/** To the list of all that readers do not see; nothing where there is none. */
export function HiddenTitlesLink({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation()
  const { data } = useBrowseTitlesQuery(HIDDEN_ONES)
  const count = data?.total ?? 0
  useKeys(count === 0 ? [] : [{ combo: 'Alt+y', label: t('titles.suppressed'), run: onOpen }])
  if (count === 0) return null
  return (
    <Button className="cd-hidden-titles" onClick={onOpen} data-testid="hidden-titles">
      {t('browse.choice', { name: t('titles.suppressed'), count })} <KeyHint combo="Alt+y" />
    </Button>
  )
}
