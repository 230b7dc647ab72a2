import { useTranslation } from 'react-i18next'
import type { LoanRule } from '../../../domain/policy/policy-shapes.ts'
import { useToday } from '../../app/use-today.ts'
import { aboutWords, sayWords } from '../../app/rule-words.ts'
import type { Words } from '../../app/rule-words.ts'

interface LinesTableProps {
  /** The most specific first. */
  readonly lines: readonly LoanRule[]
  readonly words: Words
  readonly chosenId: string | null
  readonly onChoose: (line: LoanRule) => void
}

/** Arrow keys walk through it; Enter is the screen's own. */
export function LinesTable({ lines, words, chosenId, onChoose }: LinesTableProps) {
  const { t } = useTranslation()
  const today = useToday()
  return (
    <table className="cd-table cd-rule-lines" data-testid="rule-lines">
      <thead>
        <tr>
          <th>{t('rules.column.id')}</th>
          <th>{t('rules.short.about')}</th>
          <th>{t('rules.short.says')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const about = aboutWords(words, line)
          const isToCome = line.fromOn !== null && line.fromOn > today
          return (
            <tr
              key={line.id}
              className={line.id === chosenId ? 'cd-chosen' : ''}
              data-line={line.id}
              onClick={() => onChoose(line)}
            >
              <td>
                <button
                  type="button"
                  className="cd-rule-name"
                  translate="no"
                  aria-pressed={line.id === chosenId}
                  onClick={() => onChoose(line)}
                >
                  {line.id}
                </button>
                {line.fromOn !== null && (
                  <div className="cd-quiet">
                    {t('rules.from', { date: line.fromOn })}
                    {isToCome && ` · ${t('rules.notYet')}`}
                  </div>
                )}
              </td>
              <td>{about.length === 0 ? t('rules.any') : about.join(' · ')}</td>
              <td>{sayWords(words, line).join(' · ') || t('rules.none')}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
