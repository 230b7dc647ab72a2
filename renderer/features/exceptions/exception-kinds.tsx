import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { ExceptionKind } from '../../../domain/records.ts'
import { KeyHint } from '../../ui/key-hint.tsx'

const ages = ['today', 'days', 'older'] as const

interface ExceptionKindsProps {
  readonly counts: AnswerOf<'exceptions'>['counts']
  readonly chosen: ExceptionKind | null
  readonly onChoose: (kind: ExceptionKind | null) => void
}

/** How many of each kind wait, and since when; a click shows only those. */
export function ExceptionKinds({ counts, chosen, onChoose }: ExceptionKindsProps) {
  const { t } = useTranslation()
  return (
    <table className="cd-kinds" data-testid="exception-kinds">
      <thead>
        <tr>
          <th scope="col">
            {t('exceptions.filter')} <KeyHint combo="→" />
          </th>
          {ages.map((age) => (
            <th key={age} scope="col">
              {t(`exceptions.age.${age}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {counts.map((count) => (
          <tr
            key={count.kind}
            className={count.kind === chosen ? 'cd-kind-chosen' : ''}
            data-kind={count.kind}
          >
            <th scope="row">
              <button
                type="button"
                className={`cd-kind cd-severity-${count.severity}`}
                aria-pressed={count.kind === chosen}
                onClick={() => onChoose(count.kind === chosen ? null : count.kind)}
              >
                {t(`exceptions.kind.${count.kind}`)}
              </button>
            </th>
            {ages.map((age) => (
              <td key={age} className={count[age] === 0 ? 'cd-quiet' : ''} data-age={age}>
                {count[age]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
