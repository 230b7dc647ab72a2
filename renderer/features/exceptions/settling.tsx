import { Button, Checkbox, Input } from 'antd'
import type { InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isBinding } from '../../../domain/settlements.ts'
import type { Settlement } from '../../../domain/settlements.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import { DecisionCard } from '../../app/decision-card.tsx'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer, GivenOverride } from '../../app/perform.ts'
import { useScans, useServices } from '../../app/services.tsx'
import { useMay } from '../../app/session.tsx'
import { groundsOf, titled, yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import type { ExceptionDetail } from './exception-detail.ts'
import { wishOf } from './settle-wish.ts'
import type { SettlingKind, Wish } from './settle-wish.ts'

interface SettlingProps {
  readonly detail: ExceptionDetail
  /** Of this kind that wait, this one among them. */
  readonly alikeCount: number
  readonly onSettled: (settlement: Settlement) => void
  /** All of this kind in one way (E10); null for no comment. */
  readonly onAlike: (settlement: Settlement, comment: string | null) => void
}

/** The ways out: the proposed one on Enter, the others on their numbers; a comment goes with each. */
export function Settling({ detail, alikeCount, onSettled, onAlike }: SettlingProps) {
  const { t } = useTranslation()
  const maySettle = useMay('settle-exceptions')
  const form = useSettling(detail, onSettled)
  const { settlements } = detail
  const [isForAll, setIsForAll] = useState(false)
  const mayAll = maySettle && alikeCount > 1
  const turnAll = (): void => setIsForAll(!isForAll)
  const choose = (settlement: Settlement): void => {
    // A code belongs to one of them.
    if (isForAll && !isBinding(settlement)) onAlike(settlement, form.saidAt(settlement))
    else form.choose(settlement)
  }
  useKeys([
    ...(mayAll
      ? [{ combo: 'g', label: t('exceptions.alike.do'), run: turnAll, isInFields: false }]
      : []),
    ...(maySettle
      ? settlements.map((settlement, index) => ({
          combo: keyOf(index),
          label: t(`exceptions.settlement.${settlement}`),
          run: () => choose(settlement),
          isInFields: index === 0,
        }))
      : []),
    { combo: 'Escape', label: t('exceptions.toList'), run: leaveField },
    { combo: 'Alt+Enter', label: t('exceptions.addComment'), run: form.addComment },
  ])
  if (form.asked !== null) {
    return (
      <DecisionCard
        findings={form.asked.findings}
        subject={t(`exceptions.kind.${detail.exception.kind}`)}
        confirmWord={t(form.confirmKey)}
        isSecondRefused={false}
        isWorking={form.isWorking}
        onConfirm={form.confirm}
        onLeave={form.leave}
      />
    )
  }
  return (
    <div className="cd-settling">
      <div className="cd-comment">
        <Input
          value={form.comment}
          maxLength={500}
          placeholder={t('exceptions.comment')}
          aria-label={t('exceptions.comment')}
          data-testid="settle-comment"
          onChange={(event) => form.setComment(event.target.value)}
        />
        <Button
          onClick={form.addComment}
          disabled={form.isWorking || form.comment.trim() === ''}
          data-testid="add-comment"
        >
          {t('exceptions.addComment')} <KeyHint combo="Alt+Enter" />
        </Button>
      </div>
      {mayAll && (
        <Checkbox
          checked={isForAll}
          onChange={() => {
            turnAll()
            // The keys of the ways stay at work.
            leaveField()
          }}
          data-testid="alike"
        >
          {t('exceptions.alike.do')} <KeyHint combo="g" />
        </Checkbox>
      )}
      {maySettle ? (
        settlements.map((settlement, index) => (
          <Way
            key={settlement}
            detail={detail}
            settlement={settlement}
            index={index}
            form={form}
            allCount={isForAll && !isBinding(settlement) ? alikeCount : null}
            onChoose={() => choose(settlement)}
          />
        ))
      ) : (
        <p className="cd-more">{t('exceptions.noRight')}</p>
      )}
      {form.answer !== null && <SettleVerdict answer={form.answer} />}
    </div>
  )
}

/** The arrows and letters are the list's again. */
function leaveField(): void {
  const { activeElement } = document
  if (activeElement instanceof HTMLElement) activeElement.blur()
}

const keyOf = (index: number): string => (index === 0 ? 'Enter' : String(index + 1))

interface WayProps {
  readonly detail: ExceptionDetail
  readonly settlement: Settlement
  readonly index: number
  readonly form: SettlingForm
  /** How many go this way together; null for this one alone. */
  readonly allCount: number | null
  readonly onChoose: () => void
}

function Way({ detail, settlement, index, form, allCount, onChoose }: WayProps) {
  const { t } = useTranslation()
  // A refused request did not happen: to accept it is to leave it so.
  const isLeft = detail.exception.kind === 'request-refused' && settlement === 'accepted'
  const way = t(isLeft ? 'exceptions.keepAsCity' : `exceptions.settlement.${settlement}`)
  const word = allCount === null ? way : t('exceptions.alike.way', { count: allCount, way })
  return (
    <div className="cd-settlement">
      <Button
        type={index === 0 ? 'primary' : 'default'}
        size="large"
        disabled={form.isWorking || (settlement === 'excess-returned' && detail.excess === null)}
        onClick={onChoose}
        data-testid={`settle-${settlement}`}
      >
        {index === 0 ? t('state.titled', { title: t('exceptions.proposed'), text: word }) : word}{' '}
        <KeyHint combo={keyOf(index)} />
      </Button>
      {isBinding(settlement) && <CodeEntry form={form} onEnter={onChoose} />}
      {settlement === 'excess-returned' && <ExcessWords detail={detail} />}
      <span className="cd-quiet">
        {t(isLeft ? 'exceptions.keepAsCityHint' : `exceptions.settlementHint.${settlement}`)}
      </span>
    </div>
  )
}

/** How much, and how it had been paid: it goes back the same way. */
function ExcessWords({ detail: { excess } }: { readonly detail: ExceptionDetail }) {
  const { t } = useTranslation()
  if (excess === null) return <span>{t('fees.noExcess')}</span>
  return (
    <span>
      <strong className="cd-number" data-testid="excess">
        {yuan(excess.amountFen)} · {t(`fees.tender.${excess.tender ?? 'cash'}`)}
      </strong>
      {excess.waivedFen > 0 && ` · ${t('fees.waivedPart', { fee: yuan(excess.waivedFen) })}`}
      {excess.paidFen > 0 && ` · ${t('fees.paidPart', { fee: yuan(excess.paidFen) })}`}
    </span>
  )
}

type SettlingForm = ReturnType<typeof useSettling>

interface CodeEntryProps {
  readonly form: SettlingForm
  readonly onEnter: () => void
}

/** The label or card that was meant: scanned from anywhere on this screen, or typed. */
function CodeEntry({ form, onEnter }: CodeEntryProps) {
  const { t } = useTranslation()
  const field = useRef<InputRef>(null)
  const { entryCalls, codeKind } = form
  useEffect(() => {
    if (entryCalls > 0) field.current?.focus()
  }, [entryCalls])
  return (
    <Input
      ref={field}
      className="cd-bind-entry"
      size="large"
      value={form.code}
      maxLength={64}
      placeholder={t(`exceptions.entry.${codeKind}`)}
      aria-label={t(`exceptions.entry.${codeKind}`)}
      data-testid="bind-code"
      onChange={(event) => form.setCode(event.target.value)}
      // Enter in this field is about what was typed into it, whatever the proposal is.
      onPressEnter={(event) => {
        event.stopPropagation()
        onEnter()
      }}
    />
  )
}

function useSettling(
  { exception, settlements, excess }: ExceptionDetail,
  onSettled: SettlingProps['onSettled'],
) {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const [comment, setComment] = useState('')
  const [code, setCode] = useState('')
  const [answer, setAnswer] = useState<Answer<SettlingKind> | null>(null)
  const [wish, setWish] = useState<Wish | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const [entryCalls, setEntryCalls] = useState(0)
  const callEntry = (): void => setEntryCalls((calls) => calls + 1)
  const codeKind = exception.kind === 'unknown-reader' ? ('card' as const) : ('barcode' as const)
  const canBind = settlements.some(isBinding)
  useScans(({ kind, text, alsoKinds }) => {
    const wanted = codeKind === 'card' ? 'reader-card' : 'item'
    const isWanted = kind === wanted || kind === 'unknown' || alsoKinds.includes(wanted)
    if (!canBind || !isWanted) return false
    setCode(text)
    callEntry()
    return true
  })
  const send = async (next: Wish, overrides: readonly GivenOverride[]): Promise<void> => {
    if (isWorking) return
    setIsWorking(true)
    setWish(next)
    const { kind, payload, settlement } = next
    const given = await perform(desk, { kind, payload, requestId: newRequestId(), overrides })
    setIsWorking(false)
    setAnswer(given)
    if (given.receipt?.outcome === 'done' && settlement !== null) onSettled(settlement)
    play(given.receipt === null ? 'stop' : toneOf(given.receipt))
  }
  const said = comment.trim() || null
  // A message has words of its own where nobody wrote any.
  const saidAt = (settlement: Settlement): string | null =>
    said ??
    (settlement === 'message-left'
      ? t('exceptions.messageText', {
          what: t(`today.kind.${exception.operationKind as 'other'}`, {
            defaultValue: t('today.kind.other'),
          }),
          date: dateAt(exception.happenedAt),
        })
      : null)
  const choose = (settlement: Settlement): void => {
    if (isBinding(settlement)) {
      const text = code.trim()
      if (text === '') {
        callEntry()
        return
      }
      const found =
        codeKind === 'card' ? { barcode: null, card: text } : { barcode: text, card: null }
      const payload = { exception: exception.id, ...found, comment: said }
      void send({ kind: 'exception.bind', payload, settlement }, [])
      return
    }
    const wished = wishOf({ exception, excess }, settlement, saidAt(settlement))
    if (wished !== null) void send(wished, [])
  }
  const addComment = (): void => {
    if (said === null) return
    setComment('')
    const payload = { exception: exception.id, text: said }
    void send({ kind: 'exception.comment', payload, settlement: null }, [])
  }
  return {
    comment,
    setComment,
    /** The comment, or null where there is none; a message always says something. */
    saidAt,
    code,
    setCode,
    codeKind,
    /** Rises each time that the field for a code is wanted. */
    entryCalls,
    answer,
    isWorking,
    choose,
    addComment,
    confirmKey:
      wish?.kind === 'payment.return'
        ? ('fees.confirmReturn' as const)
        : ('exceptions.doBind' as const),
    /** The receipt that waits for a yes. */
    asked: answer?.receipt?.outcome === 'needs-override' ? answer.receipt : null,
    confirm: (overrides: readonly GivenOverride[]) => {
      if (wish !== null) void send(wish, overrides)
    },
    leave: () => setAnswer(null),
  }
}

function SettleVerdict({ answer }: { readonly answer: Answer<SettlingKind> }) {
  const { t, i18n } = useTranslation()
  const { receipt, failure } = answer
  if (receipt === null) {
    const detail = titled(t, i18n.language, t(`failure.${failure}.title`), [
      t(`failure.${failure}.next`),
    ])
    return <ToneBanner tone="stop" word={t('verdict.failed')} detail={detail} testId="verdict" />
  }
  // Done shows above the list: this card makes room for the next one.
  if (receipt.outcome === 'done') return null
  return (
    <>
      <ToneBanner
        tone={toneOf(receipt)}
        word={t('verdict.stop')}
        detail=""
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
      <FindingLines findings={receipt.findings} />
    </>
  )
}
