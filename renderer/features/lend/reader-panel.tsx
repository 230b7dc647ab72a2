import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { dueText } from '../../../domain/words/due-date.ts'
import { Asked } from '../../app/asked.tsx'
import { useReaderCardQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { FindingLines } from '../../app/finding-lines.tsx'
import { ReaderMarks, expiryWord, loansWords } from '../../app/reader-facts.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { ReaderName } from '../../app/reader-name.tsx'
import { Messages, ScannedCardLine } from '../../app/reader-notices.tsx'
import { useRevealed } from '../../app/use-revealed.ts'
import { useTelling } from './use-telling.ts'
import type { Telling } from './use-telling.ts'
import { maskedPhone, wordsOfFinding } from '../../app/words.ts'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState, LoadingState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'

/** Enough to see what is due first; the reader screen has them all. */
export const LOANS_SHOWN = 8

interface ReaderPanelProps {
  readonly card: string
  /** False while the city is still being asked. */
  readonly isReaderUnknown: boolean
  /** Codes of what was overridden for this visit. */
  readonly standing: readonly string[]
}

export function ReaderPanel({ card, isReaderUnknown, standing }: ReaderPanelProps) {
  const { t } = useTranslation()
  const query = useReaderCardQuery({ card, readerId: null, loansLimit: LOANS_SHOWN })
  return (
    <Panel title={t('exceptions.reader')} className="cd-reader-panel" testId="reader-panel">
      <Asked query={query}>
        {(found) =>
          found === null && !isReaderUnknown ? (
            <LoadingState label={t('reader.askingCity')} />
          ) : found === null ? (
            <EmptyState
              title={t('refusal.unknown-reader.title')}
              hint={`${card} · ${t('refusal.unknown-reader.next')}`}
              testId="unknown-reader"
            >
              <Link to={`/register?card=${encodeURIComponent(card)}`}>{t('nav.register')}</Link>
            </EmptyState>
          ) : (
            <OpenReader key={found.reader.id} found={found} standing={standing} />
          )
        }
      </Asked>
    </Panel>
  )
}

interface OpenReaderProps {
  readonly found: ReaderCard
  readonly standing: readonly string[]
}

function OpenReader({ found, standing }: OpenReaderProps) {
  const { t, i18n } = useTranslation()
  const revealed = useRevealed(found.reader.id)
  const telling = useTelling()
  useKeys([{ combo: 'Alt+v', label: t('readers.reveal'), run: revealed.toggle }])
  return (
    <>
      <ReaderName found={found} revealed={revealed} />
      <ScannedCardLine found={found} />
      <Messages found={found} isWorking={telling.isWorking} onTold={telling.tell} />
      <NotTold said={telling.said} />
      <ReaderMarks card={found} />
      <Standing codes={standing} />
      <Facts
        facts={[
          { name: t('reader.cardNumber'), value: found.reader.cardNumber },
          {
            name: t('reader.category'),
            value: i18n.language === 'zh-CN' ? found.categoryNameZh : found.categoryNameEn,
          },
          {
            name: t('reader.phone'),
            value: found.reader.phone === null ? '—' : maskedPhone(found.reader.phone),
          },
          { name: t('reader.expires'), value: expiryWord(found) },
          ...(found.reader.note === null
            ? []
            : [{ name: t('reader.note'), value: found.reader.note }]),
        ]}
      />
      <p className="cd-reader-count" data-testid="loans-count">
        {loansWords(t, found)}
      </p>
      <ul className="cd-short-loans">
        {found.loans.map(({ loan, item, title, due, isOverdue }) => (
          <li key={loan.id} className={isOverdue ? 'cd-late' : ''}>
            <span>{title?.title ?? item?.barcode ?? t('lend.unknownTitle')}</span>
            <span className="cd-number">{dueText(due)}</span>
          </li>
        ))}
      </ul>
      <Link to={`/reader?id=${encodeURIComponent(found.reader.id)}`}>{t('lend.wholeCard')}</Link>
    </>
  )
}

/** Where the message stays, and why. */
function NotTold({ said }: Pick<Telling, 'said'>) {
  const { t } = useTranslation()
  if (said === null || said.receipt?.outcome === 'done') return null
  return said.receipt === null ? (
    <ToneMark tone="stop" word={t(`failure.${said.failure}.title`)} />
  ) : (
    <FindingLines findings={said.receipt.findings} />
  )
}

/** What nobody is asked about again until the next reader. */
function Standing({ codes }: { readonly codes: readonly string[] }) {
  const { t, i18n } = useTranslation()
  if (codes.length === 0) return null
  return (
    <div className="cd-marks cd-standing" role="status" data-testid="standing">
      {codes.map((code) => {
        const what = wordsOfFinding(t, i18n.language, { code, params: {} }).title
        return <ToneMark key={code} tone="noted" word={t('lend.forVisit', { what })} />
      })}
    </div>
  )
}
