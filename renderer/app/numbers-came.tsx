import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { KeyHint } from '../ui/key-hint.tsx'
import { ToneMark } from '../ui/tone.tsx'
import { cameCount } from './came-count.ts'
import { useDueLabelsQuery } from './shelf-api.ts'

/** As many as the screen of labels asks for: the answer is one and the same. */
const LIMIT = 500

/** Book numbers that were open when the line broke, and are there now: their labels can be printed. */
export function NumbersCame() {
  const { t } = useTranslation()
  const { data } = useDueLabelsQuery({ limit: LIMIT })
  const count = cameCount(data?.rows ?? [])
  if (count === 0) return null
  return (
    <p role="status" className="cd-numbers-came" data-testid="numbers-came">
      <ToneMark tone="done" word={t('numbering.came', { count })} />{' '}
      <Link to="/labels">
        {t('numbering.toLabels')} <KeyHint combo="Alt+Shift+l" />
      </Link>
    </p>
  )
}
