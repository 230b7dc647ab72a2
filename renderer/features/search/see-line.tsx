import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'

interface SeeLineProps {
  readonly see: NonNullable<AnswerOf<'search-titles'>['see']>
  readonly onFollow: (heading: string) => void
}

/** Under which heading the city writes what was looked for; the way there, where it was not gone yet. */
export function SeeLine({ see, onFollow }: SeeLineProps) {
  const { t } = useTranslation()
  const { variant, heading, name, isFollowed } = see
  return (
    <p className="cd-see" role="status" data-testid="see-line">
      <span translate="no">{variant}</span> {t('authorities.see')}{' '}
      {isFollowed ? (
        <strong translate="no">{heading}</strong>
      ) : (
        <button
          type="button"
          onClick={() => onFollow(name)}
          data-testid="see-follow"
          translate="no"
        >
          {heading}
        </button>
      )}
    </p>
  )
}
