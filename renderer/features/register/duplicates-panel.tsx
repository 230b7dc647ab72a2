/** Who might be the person in front of the desk: shown while the form is filled in, offline too (D3). */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { maskedCard } from '../../app/words.ts'
import { Panel } from '../../ui/panel.tsx'
import { ToneMark } from '../../ui/tone.tsx'

type Alike = AnswerOf<'find-duplicates'>['rows'][number]

const wordByWhy = {
  'same-card': 'readers.sameCard',
  'same-hash': 'readers.sameHash',
  'same-person': 'readers.samePerson',
  'same-phone': 'readers.samePhone',
  'same-name': 'readers.sameName',
} as const

/** One telephone for a family, one name for many: worth a look, no more. */
const isSure = (why: Alike['why']): boolean => why !== 'same-phone' && why !== 'same-name'

export function DuplicatesPanel({ rows }: { readonly rows: readonly Alike[] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <Panel title={t('readers.duplicates')} testId="duplicates">
      <p className="cd-quiet">{t('readers.duplicatesHint')}</p>
      <ul className="cd-reader-cards">
        {rows.map(({ why, reader }) => (
          <li key={reader.id} data-testid="duplicate" data-why={why}>
            <ToneMark tone={isSure(why) ? 'needs-you' : 'noted'} word={t(wordByWhy[why])} />
            <strong>{maskedName(reader.name)}</strong>
            <span className="cd-number">{maskedCard(reader.cardNumber)}</span>
            <span className="cd-quiet">{reader.bornOn ?? ''}</span>
            <Link to={`/reader?id=${encodeURIComponent(reader.id)}`}>
              {t('readers.openReader')}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
