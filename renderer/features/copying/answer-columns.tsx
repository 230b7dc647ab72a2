import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { CopyAnswer } from '../../../contract/copy-shapes.ts'
import { Panel } from '../../ui/panel.tsx'
import { ToneMark } from '../../ui/tone.tsx'

export interface Choice {
  readonly targetId: string
  readonly index: number
}

interface AnswerColumnsProps {
  readonly answers: readonly CopyAnswer[]
  readonly chosen: Choice | null
  readonly onChoose: (choice: Choice) => void
}

/** What each source answered, side by side; a column stands from the start and fills as it comes. */
export function AnswerColumns({ answers, chosen, onChoose }: AnswerColumnsProps) {
  return answers.map((answer) => (
    <AnswerColumn
      key={answer.targetId}
      answer={answer}
      chosen={chosen?.targetId === answer.targetId ? chosen.index : null}
      onChoose={(index) => onChoose({ targetId: answer.targetId, index })}
    />
  ))
}

interface AnswerColumnProps {
  readonly answer: CopyAnswer
  readonly chosen: number | null
  readonly onChoose: (index: number) => void
}

const tones = { asking: 'working', answered: 'done', failed: 'needs-you' } as const
/** The Debian package that holds `yaz-client`. */
const YAZ = 'yaz'

function AnswerColumn({ answer, chosen, onChoose }: AnswerColumnProps) {
  const { t } = useTranslation()
  const { name, state, trouble, detail, records, isTrusted } = answer
  return (
    <Panel
      title={<span translate="no">{name}</span>}
      testId="copy-answer"
      kind={state}
      className="cd-copying-column cd-scroll"
      extra={<ToneMark tone={tones[state]} word={t(`copying.state.${state}`)} />}
    >
      {trouble !== null && (
        <p role="alert" data-testid="copy-trouble" data-trouble={trouble}>
          {t(`copying.trouble.${trouble}`, { package: YAZ })}{' '}
          {detail !== '' && <span translate="no">{detail}</span>}
        </p>
      )}
      {state === 'answered' && (
        <p className="cd-quiet">
          {countText(t, answer)}
          {isTrusted && ` · ${t('copying.trusted')}`}
        </p>
      )}
      <ul className="cd-copying-list">
        {records.map((record, index) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={index === chosen}
              onClick={() => onChoose(index)}
              data-testid="copy-record"
              translate="no"
            >
              <strong>{record.title ?? '—'}</strong>
              <span className="cd-quiet">
                {[record.author, record.publisher, record.year].filter(Boolean).join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function countText(t: TFunction, { records, total, unreadCount }: CopyAnswer): string {
  const shown = records.length
  const unread = unreadCount === 0 ? [] : [t('copying.unread', { count: unreadCount })]
  if (shown === 0 && unreadCount === 0) return t('copying.nothing')
  const isMore = total !== null && total > shown
  const found = isMore ? t('copying.of', { total, shown }) : t('copying.shown', { shown })
  return [found, ...unread].join(' · ')
}
