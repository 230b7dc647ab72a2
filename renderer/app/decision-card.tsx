import { Button, Input } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '../../domain/operation.ts'
import { standsForVisit } from '../../domain/policy/visit-overrides.ts'
import { useKeys } from './keys.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { ToneMark } from '../ui/tone.tsx'
import { FindingLines } from './finding-lines.tsx'
import type { GivenOverride } from './perform.ts'
import { useHeldScans } from './services.tsx'
import { useSignedIn } from './session.tsx'
import { useDeskSelector } from './store.ts'

interface DecisionCardProps {
  readonly findings: readonly Finding[]
  readonly subject: string
  readonly confirmWord: string
  readonly isSecondRefused: boolean
  readonly isWorking: boolean
  /** What is about the reader may be answered for once, for as long as this visit lasts (L28). */
  readonly onConfirmVisit?: (overrides: readonly GivenOverride[]) => void
  readonly onConfirm: (overrides: readonly GivenOverride[]) => void
  readonly onLeave: () => void
}

/** What a librarian would write: about the item in hand, or about the reader. */
const usualReason = (findings: readonly Finding[]): 'inHand' | 'reader' =>
  findings.some(
    ({ level, code }) =>
      level === 'override' && /^(?:item-(?!limit)|unknown-item|already)/.test(code),
  )
    ? 'inHand'
    : 'reader'

/**
 * What needs an override: every finding, a reason, a second person where the rule wants one. Scans
 * wait meanwhile, in sight. Enter confirms, Esc leaves.
 */
export function DecisionCard(props: DecisionCardProps) {
  const { findings, subject, confirmWord, isSecondRefused, isWorking, onConfirm, onLeave } = props
  const { onConfirmVisit } = props
  const { t } = useTranslation()
  const { staff } = useSignedIn()
  const waiting = useDeskSelector(({ deskState }) => deskState.scanQueue.waiting)
  const ids = useId()
  const box = useRef<HTMLFormElement>(null)
  const reasons = [t('decide.reasons.inHand'), t('decide.reasons.reader'), t('decide.reasons.head')]
  const [reason, setReason] = useState(() => t(`decide.reasons.${usualReason(findings)}`))
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const open = findings.filter(({ level }) => level === 'override')
  const isRuleOfTwo = open.some(({ needsSecondPerson }) => needsSecondPerson)
  const needsSecond = open.some(
    ({ needsSecondPerson, permission }) =>
      needsSecondPerson || (permission !== null && !staff.permissions.includes(permission)),
  )
  useHeldScans(true)
  useEffect(() => {
    // The first thing to fill in has the focus; where nothing is missing, Enter confirms.
    box.current?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [])
  const confirmForVisit = open.some(standsForVisit) ? onConfirmVisit : undefined
  const submit = (confirm: DecisionCardProps['onConfirm']): void => {
    const isComplete =
      reason.trim() !== '' && (!needsSecond || (username !== '' && password !== ''))
    if (!isComplete || isWorking) return
    const second = { username, password }
    confirm(
      open.map(({ code, permission, needsSecondPerson }) => {
        const isMine =
          !needsSecondPerson && (permission === null || staff.permissions.includes(permission))
        return { code, reason: reason.trim(), second: isMine ? null : second }
      }),
    )
    setPassword('')
  }
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    submit(onConfirm)
  }
  const onVisit = (): void => {
    if (confirmForVisit !== undefined) submit(confirmForVisit)
  }
  // Wherever the focus has wandered.
  useKeys([
    { combo: 'Escape', label: t('do.leave'), run: onLeave },
    ...(confirmForVisit === undefined
      ? []
      : [{ combo: 'Alt+Enter', label: t('decide.forVisit'), run: onVisit }]),
  ])
  return (
    <form
      ref={box}
      className="cd-decision"
      aria-label={t('decide.title')}
      data-testid="decision"
      onSubmit={onSubmit}
    >
      <header>
        <ToneMark tone="needs-you" word={t('verdict.needsYou')} />
        <strong>{subject}</strong>
      </header>
      <FindingLines findings={findings} />
      <label htmlFor={`${ids}r`}>{t('decide.reason')}</label>
      <div className="cd-decision-reason">
        <Input
          id={`${ids}r`}
          value={reason}
          maxLength={200}
          data-testid="override-reason"
          onChange={(event) => setReason(event.target.value)}
        />
        {reasons.map((offered) => (
          <Button key={offered} size="small" onClick={() => setReason(offered)}>
            {offered}
          </Button>
        ))}
      </div>
      {needsSecond && (
        <fieldset className="cd-decision-second" data-testid="second-person">
          <legend>{t('decide.second')}</legend>
          <p className="cd-quiet">{t(isRuleOfTwo ? 'decide.secondRule' : 'decide.secondHint')}</p>
          <Input
            data-first
            value={username}
            maxLength={40}
            autoComplete="off"
            placeholder={t('decide.username')}
            aria-label={t('decide.username')}
            data-testid="second-username"
            onChange={(event) => setUsername(event.target.value)}
          />
          <Input
            type="password"
            value={password}
            maxLength={128}
            autoComplete="off"
            placeholder={t('decide.password')}
            aria-label={t('decide.password')}
            data-testid="second-password"
            onChange={(event) => setPassword(event.target.value)}
          />
          {isSecondRefused && (
            <p role="alert" className="cd-tone-stop" data-testid="second-refused">
              {t('decide.secondRefused')}
            </p>
          )}
        </fieldset>
      )}
      <footer>
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          disabled={isWorking}
          {...(needsSecond ? {} : { 'data-first': true })}
          data-testid="decision-confirm"
        >
          {confirmWord} <KeyHint combo="Enter" />
        </Button>
        {confirmForVisit !== undefined && (
          <Button
            size="large"
            onClick={onVisit}
            disabled={isWorking}
            data-testid="decision-for-visit"
          >
            {t('decide.forVisit')} <KeyHint combo="Alt+Enter" />
          </Button>
        )}
        <Button size="large" onClick={onLeave} data-testid="decision-leave">
          {t('do.leave')} <KeyHint combo="Escape" />
        </Button>
        {waiting.length > 0 && (
          <span className="cd-decision-waiting" role="status" data-testid="scans-waiting">
            {t('decide.scansWait', { count: waiting.length })} {waiting.join('、')}
          </span>
        )}
      </footer>
    </form>
  )
}
