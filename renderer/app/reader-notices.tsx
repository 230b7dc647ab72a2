/** What whoever serves a reader has to see first: a card that is none, and what is to be told. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ToneMark } from '../ui/tone.tsx'
import type { ReaderCard } from './reader-facts.tsx'
import { dayAndTime, maskedCard } from './words.ts'

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
  readonly isWorking: boolean
  readonly onTold: (message: ReaderCard['messages'][number]['message']) => void
}

/** What is to be told this reader, and who left it. */
export function Messages({ found: { messages }, isWorking, onTold }: MessagesProps) {
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
            disabled={isWorking}
            onClick={() => onTold(message)}
            data-testid="dismiss-message"
          >
            {t('readers.told')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
