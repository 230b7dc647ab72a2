import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useCataloguerQualityQuery } from '../../app/quality-api.ts'
import { Panel } from '../../ui/panel.tsx'
import { isNamedRule } from './named-rule.ts'

type Person = AnswerOf<'cataloguer-quality'>[number]
const DAYS = 90

/** Who hands in what, and what to learn next: fields that reviewers remarked on. */
export function PeoplePanel() {
  const { t } = useTranslation()
  const query = useCataloguerQualityQuery({ days: DAYS })
  return (
    <Panel title={t('quality.people')} testId="quality-people">
      <p className="cd-quiet">{t('quality.peopleHint')}</p>
      <Asked query={query}>
        {(people) =>
          people.length === 0 ? (
            <p className="cd-quiet">{t('quality.noPeople')}</p>
          ) : (
            <table className="cd-table">
              <caption className="cd-visually-hidden">{t('quality.people')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('quality.person')}</th>
                  <th scope="col">{t('quality.submitted')}</th>
                  <th scope="col">{t('quality.returned')}</th>
                  <th scope="col">{t('quality.rate')}</th>
                  <th scope="col">{t('quality.learn')}</th>
                  <th scope="col">{t('quality.warned')}</th>
                </tr>
              </thead>
              <tbody>
                {people.map((person) => (
                  <PersonRow key={person.staffId} person={person} />
                ))}
              </tbody>
            </table>
          )
        }
      </Asked>
    </Panel>
  )
}

function PersonRow({ person }: { readonly person: Person }) {
  const { t } = useTranslation()
  const { submittedCount, returnedCount, remarksCount, tags, warnings } = person
  return (
    <tr data-testid="quality-person">
      <th scope="row">{person.staffName ?? '—'}</th>
      <td className="cd-number">{submittedCount}</td>
      <td className="cd-number">{returnedCount}</td>
      <td className="cd-number">{(remarksCount / Math.max(1, submittedCount)).toFixed(1)}</td>
      <td>
        {tags.map(({ tag, count }) => (
          <span key={tag} className="cd-chip">
            <span translate="no">{tag}</span> × {count}
          </span>
        ))}
      </td>
      <td>
        {warnings.map(({ rule, count }) => (
          <span key={rule} className="cd-chip">
            <span translate="no">{rule}</span> {isNamedRule(rule) ? t(`lintRule.${rule}`) : ''} ×{' '}
            {count}
          </span>
        ))}
      </td>
    </tr>
  )
}
