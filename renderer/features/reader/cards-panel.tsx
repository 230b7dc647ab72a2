import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { maskedCard } from '../../app/words.ts'
import { Panel } from '../../ui/panel.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ReaderActs } from './reader-acts.ts'

interface CardsPanelProps {
  readonly found: ReaderCard
  readonly acts: ReaderActs
  readonly isRevealed: boolean
}

const toneByState = { valid: 'done', lost: 'stop', replaced: 'noted', closed: 'noted' } as const

export function CardsPanel({ found, acts, isRevealed }: CardsPanelProps) {
  const { t } = useTranslation()
  const { reader, cards } = found
  const main = {
    id: reader.id as string,
    number: reader.cardNumber,
    state: reader.cardState,
    word: t('readers.mainCard'),
    next: null,
  }
  const rows = [
    main,
    ...cards.map(({ id, number, state, kind, replacedByNumber: next }) => {
      return { id: id, number, state, word: t(`readers.kind.${kind}`), next }
    }),
  ]
  const shown = (number: string): string => (isRevealed ? number : maskedCard(number))
  const report = (number: string, isLost: boolean): void => {
    const payload = { reader: reader.id, card: number }
    void acts.act(isLost ? 'reader.report-card-lost' : 'reader.report-card-found', payload)
  }
  return (
    <Panel title={t('readers.cards')} testId="reader-cards">
      <ul className="cd-reader-cards">
        {rows.map(({ id, number, state, word, next }) => (
          <li key={id} data-testid="one-card" data-state={state}>
            <span className="cd-number">{shown(number)}</span>
            <span className="cd-quiet">{word}</span>
            <ToneMark tone={toneByState[state]} word={t(`readers.cardState.${state}`)} />
            {next !== null && (
              <span className="cd-quiet">{t('readers.replacedBy', { card: shown(next) })}</span>
            )}
            {(state === 'valid' || state === 'lost') && (
              <Button
                size="small"
                disabled={acts.isWorking}
                onClick={() => report(number, state === 'valid')}
                data-testid={state === 'valid' ? 'report-lost' : 'report-found'}
              >
                {t(state === 'valid' ? 'readers.reportLost' : 'readers.reportFound')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
