/** Every card of a reader, and what is still to be told them. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { dayAndTime, maskedCard } from '../../app/words.ts'
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

const wordByState = {
  lost: 'readers.scannedIsLost',
  replaced: 'readers.scannedIsReplaced',
  closed: 'readers.scannedIsClosed',
} as const

/** First thing above the loans: the card that was scanned is none to lend by. */
export function ScannedCardLine({ found: { scannedCard } }: { readonly found: ReaderCard }) {
  const { t } = useTranslation()
  if (scannedCard === null || scannedCard.state === 'valid') return null
  const { state, number } = scannedCard
  return (
    <div role="alert" className="cd-scanned-card" data-testid="scanned-card" data-state={state}>
      <ToneMark
        tone={state === 'replaced' ? 'needs-you' : 'stop'}
        word={t(wordByState[state], { card: maskedCard(number) })}
      />
    </div>
  )
}

interface MessagesProps {
  readonly found: ReaderCard
  readonly acts: ReaderActs
}

export function Messages({ found: { reader, messages }, acts }: MessagesProps) {
  const { t } = useTranslation()
  if (messages.length === 0) return null
  return (
    <ul className="cd-messages" aria-label={t('readers.messages')} data-testid="messages">
      {messages.map(({ message, staffName }) => (
        <li key={message.id}>
          <strong>{message.text}</strong>
          <span className="cd-quiet">
            {staffName} · {dayAndTime(message.at)}
          </span>
          <Button
            size="small"
            disabled={acts.isWorking}
            onClick={() =>
              void acts.act('reader.dismiss-message', { reader: reader.id, message: message.id })
            }
            data-testid="dismiss-message"
          >
            {t('readers.told')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
