import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { editOf } from '../../../domain/edit-conflict.ts'
import type { Settlement } from '../../../domain/settlements.ts'
import { useEditWords } from '../../app/use-edit-words.ts'
import { useToday } from '../../app/use-today.ts'
import { ageInWords, dayAndTime, wordsOfFinding } from '../../app/words.ts'
import { Panel } from '../../ui/panel.tsx'
import { Assigning } from './assigning.tsx'
import type { ExceptionDetail } from './exception-detail.ts'
import { ageOf } from './exception-row-view.tsx'
import { HistorySideView } from './history-side-view.tsx'
import { Settling } from './settling.tsx'
import { useRuleTitle } from './use-rule-title.ts'

interface ExceptionCardProps {
  readonly detail: ExceptionDetail
  readonly alikeCount: number
  readonly onSettled: (settlement: Settlement) => void
  readonly onAlike: (settlement: Settlement, comment: string | null) => void
}

export function ExceptionCard({ detail, ...settling }: ExceptionCardProps) {
  const { t } = useTranslation()
  const today = useToday()
  const { exception, severity, title, item, sides } = detail
  const isOpen = exception.settledAt === null
  const ruleTitle = useRuleTitle()
  const edit = editOf(exception)
  const editWords = useEditWords()
  return (
    <Panel
      title={t(`exceptions.kind.${exception.kind}`)}
      extra={
        isOpen && (
          <span className={`cd-age cd-severity-${severity}`}>
            {t(`exceptions.severity.${severity}`)} · {ageOf(t, exception.openedAt, today)}
          </span>
        )
      }
      testId="exception-card"
      kind={exception.kind}
      className="cd-grow"
    >
      <div className="cd-exception-what">
        <strong>
          {title ?? (item === null ? ruleTitle(exception) : t('exceptions.unknownItem'))}
        </strong>
        <span className="cd-number">{item?.barcode}</span>
        {isOpen && <Assigning detail={detail} />}
      </div>
      <div className="cd-histories">
        {sides.map((side) => (
          <HistorySideView
            key={side.side}
            side={side}
            detail={detail}
            edited={
              edit === null ? undefined : editWords(edit, side.side === 'desk' ? 'mine' : 'theirs')
            }
          />
        ))}
      </div>
      <EvidenceLine detail={detail} />
      <Comments detail={detail} />
      {isOpen ? <Settling detail={detail} {...settling} /> : <HowSettled detail={detail} />}
    </Panel>
  )
}

/** What the desk knew when it acted: how old its facts were, and which rules spoke. */
function EvidenceLine({ detail: { exception } }: { readonly detail: ExceptionDetail }) {
  const { t, i18n } = useTranslation()
  const { evidence, comment, kind } = exception
  const edit = editOf(exception)
  const editWords = useEditWords()
  const told = evidence?.findings ?? []
  const quarantine = kind === 'quarantined' ? quarantineWords(comment) : null
  return (
    <div className="cd-evidence" data-testid="evidence">
      {told.map((finding) => {
        const params =
          edit?.record === 'policy' && finding.code === 'edited-elsewhere'
            ? { mine: editWords(edit, 'mine') ?? '', theirs: editWords(edit, 'theirs') ?? '' }
            : {}
        const said = { ...finding, params: { ...finding.params, ...params } }
        const words = wordsOfFinding(t, i18n.language, said)
        return (
          <p key={finding.code}>
            <b>{t('exceptions.why')}</b> {words.title} · {words.what}
          </p>
        )
      })}
      {quarantine !== null && (
        <p>
          <b>{t('exceptions.why')}</b> {t(`exceptions.quarantineReason.${quarantine}`)}
        </p>
      )}
      {evidence !== null && (
        <p className="cd-quiet">
          <b>{t('exceptions.evidence')}</b>{' '}
          {[
            factsWords(t, evidence.factsAgeMs),
            t('exceptions.policyVersion', { version: evidence.policyVersion }),
            ...(evidence.isClockSuspect ? [t('exceptions.clockSuspect')] : []),
          ].join(' · ')}
        </p>
      )}
    </div>
  )
}

function factsWords(t: TFunction, ageMs: number | null): string {
  if (ageMs === null) return t('exceptions.factsUnknown')
  if (ageMs < 60_000) return t('exceptions.factsFresh')
  return t('exceptions.factsAge', { age: ageInWords(t, ageMs) })
}

const quarantineReasons = [
  'altered',
  'unknown-kind',
  'unknown-version',
  'payload-does-not-fit',
  'staff-may-not',
] as const
type QuarantineReason = (typeof quarantineReasons)[number] | 'other'

const quarantineWords = (reason: string | null): QuarantineReason =>
  quarantineReasons.find((one) => one === reason) ?? 'other'

function Comments({ detail: { comments } }: { readonly detail: ExceptionDetail }) {
  const { t } = useTranslation()
  if (comments.length === 0) return null
  return (
    <section className="cd-comments" data-testid="exception-comments">
      <h3>{t('exceptions.comments')}</h3>
      <ul>
        {comments.map(({ at, by, text }) => (
          <li key={`${at} ${text}`}>
            <span className="cd-quiet">
              {t('exceptions.commentBy', { name: by, time: dayAndTime(at) })}
            </span>{' '}
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}

function HowSettled({ detail }: { readonly detail: ExceptionDetail }) {
  const { t } = useTranslation()
  const { exception, settledByName } = detail
  const way = t(`exceptions.settlement.${(exception.settlement ?? 'accepted') as Settlement}`)
  return (
    <p data-testid="how-settled">
      {t('exceptions.settledBy', { name: settledByName ?? '', way })}
      {exception.settledAt !== null && ` · ${dayAndTime(exception.settledAt)}`}
      {exception.kind !== 'quarantined' && exception.comment !== null && ` · ${exception.comment}`}
    </p>
  )
}
