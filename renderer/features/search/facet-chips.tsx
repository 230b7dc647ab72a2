import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Title } from '../../../domain/records.ts'
import { FACETS, HOLDERS, isNarrowing, withChoice, withoutChoices } from './chosen-filter.ts'
import type { Facet, Filter } from './chosen-filter.ts'

/** The commonest; a chosen one is in sight however rare it is. */
const CHOICES_MAX = 6

interface FacetChipsProps {
  readonly answer: AnswerOf<'browse-titles'>
  readonly filter: Filter
  readonly search: URLSearchParams
  readonly onChange: (search: URLSearchParams) => void
}

export function FacetChips({ answer, filter, search, onChange }: FacetChipsProps) {
  const { t } = useTranslation()
  const nameOf = useChoiceName()
  const { facets } = answer
  return (
    <div className="cd-facets" role="group" aria-label={t('browse.label')} data-testid="facets">
      {facets.availableHere !== null && (
        <Chip
          text={t('browse.availableHere', { count: facets.availableHere })}
          testId="facet-here"
          isChosen={filter.isAvailableHere}
          onPress={() => onChange(withChoice(search, 'here', '1'))}
        />
      )}
      {facets.heldBy !== null && (
        <Holders counts={facets.heldBy} filter={filter} search={search} onChange={onChange} />
      )}
      {(facets.suppressed > 0 || filter.isSuppressed) && (
        <Chip
          text={t('browse.choice', { name: t('titles.suppressed'), count: facets.suppressed })}
          testId="facet-hidden"
          isChosen={filter.isSuppressed}
          onPress={() => onChange(withChoice(search, 'hidden', '1'))}
        />
      )}
      {FACETS.map((facet) => {
        const choices = facets[facet].filter(
          ({ value }, index) => index < CHOICES_MAX || value === filter[facet],
        )
        if (choices.length < 2 && filter[facet] === null) return null
        return (
          <span
            key={facet}
            className="cd-facet"
            role="group"
            aria-label={t(`browse.facet.${facet}`)}
          >
            <span className="cd-quiet">{t(`browse.facet.${facet}`)}</span>
            {choices.map(({ value, count }) => (
              <Chip
                key={value}
                text={t('browse.choice', { name: nameOf(facet, value), count })}
                testId={`facet-${facet}-${value}`}
                isChosen={filter[facet] === value}
                onPress={() => onChange(withChoice(search, facet, value))}
              />
            ))}
          </span>
        )
      })}
      {isNarrowing(filter) && (
        <Chip
          text={t('browse.clear')}
          testId="facet-clear"
          isChosen={null}
          onPress={() => onChange(withoutChoices(search))}
        />
      )}
      {!answer.isWhole && <span className="cd-quiet">{t('browse.bounded')}</span>}
    </div>
  )
}

interface HoldersProps extends Omit<FacetChipsProps, 'answer'> {
  readonly counts: NonNullable<AnswerOf<'browse-titles'>['facets']['heldBy']>
}

function Holders({ counts, filter, search, onChange }: HoldersProps) {
  const { t } = useTranslation()
  return (
    <span className="cd-facet" role="group" aria-label={t('browse.heldBy')}>
      <span className="cd-quiet">{t('browse.heldBy')}</span>
      {HOLDERS.map((holder) => (
        <Chip
          key={holder}
          text={t('browse.choice', { name: t(`browse.holder.${holder}`), count: counts[holder] })}
          testId={`facet-held-${holder}`}
          isChosen={filter.heldBy === holder}
          onPress={() => onChange(withChoice(search, 'held', holder))}
        />
      ))}
    </span>
  )
}

interface ChipProps {
  readonly text: string
  readonly testId: string
  /** Null: no choice, it acts. */
  readonly isChosen: boolean | null
  readonly onPress: () => void
}

function Chip({ text, testId, isChosen, onPress }: ChipProps) {
  return (
    <button
      type="button"
      className="cd-facet-choice"
      aria-pressed={isChosen ?? undefined}
      data-testid={testId}
      onClick={onPress}
    >
      {text}
    </button>
  )
}

/** Languages are named by the browser: it knows the codes that records have. */
function useChoiceName(): (facet: Facet, value: string) => string {
  const { t, i18n } = useTranslation()
  const languages = new Intl.DisplayNames(i18n.language, { type: 'language' })
  return (facet, value) => {
    if (value === 'unknown') return t('browse.unknown')
    if (facet === 'years') {
      return value === 'earlier' ? t('browse.earlier') : t('browse.decade', { years: value })
    }
    if (facet === 'language')
      return /^[a-z]{3}$/.test(value) ? (languages.of(value) ?? value) : value
    const kind = Title.shape.kind.safeParse(value).data
    if (kind !== undefined) return t(`browse.kind.${kind}`)
    const audience = Title.shape.audience.safeParse(value).data
    return audience === undefined ? value : t(`browse.audience.${audience}`)
  }
}
