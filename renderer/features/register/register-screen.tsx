import { Button } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { DecisionCard } from '../../app/decision-card.tsx'
import {
  useFindDuplicatesQuery,
  useLazyFindDuplicatesQuery,
  useReaderCardQuery,
} from '../../app/desk-api.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { idCardHandedOver, idCardOf } from '../../app/id-card-read.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer, GivenOverride } from '../../app/perform.ts'
import { useScans, useServices } from '../../app/services.tsx'
import { useDeskSelector } from '../../app/store.ts'
import { useToday } from '../../app/use-today.ts'
import { titled } from '../../app/words.ts'
import { Panel } from '../../ui/panel.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import { DuplicatesPanel } from './duplicates-panel.tsx'
import {
  emptyFields,
  fromIdCard,
  isMinor,
  likenessOf,
  missingIn,
  payloadOf,
} from './register-form.ts'
import type { Missing, RegisterFields } from './register-form.ts'
import { RegisterFieldsForm } from './register-fields-form.tsx'

export function RegisterScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const { state } = useLocation() as { readonly state: unknown }
  const { desk, play } = useServices()
  const holder = useDeskSelector(({ deskState }) => deskState.holder)
  const [fields, setFields] = useState<RegisterFields>(() => {
    const fresh = { ...emptyFields, card: search.get('card') ?? '' }
    const idCard = idCardHandedOver(state)
    if (idCard === null) return fresh
    const isTheirs = holder?.idNumberHash === idCard.idNumberHash
    return fromIdCard(fresh, idCard, isTheirs ? holder : null)
  })
  const [missing, setMissing] = useState<Missing | null>(null)
  const [answer, setAnswer] = useState<Answer<'reader.register'> | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const change = (part: Partial<RegisterFields>): void => setFields((all) => ({ ...all, ...part }))
  const minor = isMinor(fields.bornOn, useToday())
  const guardianCard = fields.guardianCard.trim()
  const { data: guardian } = useReaderCardQuery(
    { card: guardianCard, readerId: null, loansLimit: 1 },
    { skip: guardianCard === '' },
  )
  const duplicates = useDuplicates(fields)
  const [askAlike] = useLazyFindDuplicatesQuery()
  const isCardNext = fields.card === '' || !minor
  useScans((scan) => {
    const { kind, text, alsoKinds } = scan
    if (kind === 'id-card') {
      setFields((all) => fromIdCard(all, idCardOf(scan), scan.holder))
      play(scan.idNumberHash === null ? 'stop' : 'noted')
      return true
    }
    const isCard = kind === 'reader-card' || alsoKinds.includes('reader-card') || kind === 'unknown'
    if (isCard) change(isCardNext ? { card: text } : { guardianCard: text })
    return isCard
  })
  const register = async (overrides: readonly GivenOverride[]): Promise<void> => {
    setIsWorking(true)
    const guardianId = guardianCard === '' ? null : (guardian?.reader.id ?? null)
    // Enter may come before the answer to the last letter.
    const { data: alike } = await askAlike(likenessOf(fields))
    const payload = payloadOf(fields, guardianId, alike?.idNumberHash ?? null)
    const given = await perform(desk, {
      requestId: newRequestId(),
      kind: 'reader.register',
      payload,
      overrides,
    })
    setIsWorking(false)
    setAnswer(given)
    play(given.receipt === null ? 'stop' : toneOf(given.receipt))
  }
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    const lacking = missingIn(fields)
    setMissing(lacking)
    setAnswer(null)
    if (lacking === null && !isWorking) void register([])
  }
  const receipt = answer?.receipt ?? null
  const isDone = receipt?.outcome === 'done'
  return (
    <div className="cd-register">
      <h1 className="cd-visually-hidden">{t('register.title')}</h1>
      <Panel title={t('register.title')} className="cd-register-form">
        <RegisterFieldsForm
          fields={fields}
          change={change}
          missing={missing}
          isMinorAge={minor}
          guardianName={
            guardianCard === '' || guardian === undefined
              ? ''
              : guardian && maskedName(guardian.reader.name)
          }
          isDisabled={isWorking || isDone}
          onSubmit={onSubmit}
        />
      </Panel>
      <div className="cd-register-verdict">
        <RegisterVerdict
          fields={fields}
          missing={missing}
          answer={answer}
          isCardNext={isCardNext}
        />
        {!isDone && <DuplicatesPanel rows={duplicates.rows} />}
        {receipt !== null && receipt.outcome === 'refused' && (
          <FindingLines findings={receipt.findings} />
        )}
        {isDone && (
          <div className="cd-row-of-buttons">
            <Button
              type="primary"
              onClick={() => void navigate(`/lend?card=${encodeURIComponent(fields.card.trim())}`)}
            >
              {t('register.toLend')}
            </Button>
            <Button
              data-testid="register-again"
              onClick={() => {
                setFields(emptyFields)
                setAnswer(null)
              }}
            >
              {t('register.again')}
            </Button>
          </div>
        )}
        {receipt !== null && receipt.outcome === 'needs-override' && (
          <DecisionCard
            findings={receipt.findings}
            subject={fields.name}
            confirmWord={t('decide.overrideRegister')}
            isSecondRefused={false}
            isWorking={isWorking}
            onConfirm={(overrides) => void register(overrides)}
            onLeave={() => setAnswer(null)}
          />
        )}
      </div>
    </div>
  )
}

const nobodyAlike = { idNumberHash: null, rows: [] }

/** Asked as it is typed; until the desk answers, what it said of the last letter stays. */
function useDuplicates(fields: RegisterFields) {
  const asked = useDeferredValue(fields)
  const { data } = useFindDuplicatesQuery(likenessOf(asked))
  return data ?? nobodyAlike
}

interface RegisterVerdictProps {
  readonly fields: RegisterFields
  readonly missing: Missing | null
  readonly answer: Answer<'reader.register'> | null
  readonly isCardNext: boolean
}

function RegisterVerdict({ fields, missing, answer, isCardNext }: RegisterVerdictProps) {
  const { t, i18n } = useTranslation()
  if (missing !== null) {
    const detail = t('register.missing', { field: t(`register.${missing}`) })
    return (
      <ToneBanner tone="needs-you" word={t('verdict.needsYou')} detail={detail} testId="verdict" />
    )
  }
  if (answer === null) {
    const field = t(isCardNext ? 'register.card' : 'register.guardian')
    const detail = t('register.scanGoesTo', { field })
    return <ToneBanner tone="noted" word={t('register.title')} detail={detail} testId="verdict" />
  }
  if (answer.receipt === null) {
    const { failure } = answer
    const detail = titled(t, i18n.language, t(`failure.${failure}.title`), [
      t(`failure.${failure}.next`),
    ])
    return <ToneBanner tone="stop" word={t('verdict.failed')} detail={detail} testId="verdict" />
  }
  const { outcome, summary } = answer.receipt
  if (outcome === 'done') {
    const detail = t('register.done', {
      name: maskedName(fields.name),
      expiresOn: summary.expiresOn,
    })
    return (
      <ToneBanner tone="done" word={t('verdict.registered')} detail={detail} testId="verdict" />
    )
  }
  const isStop = outcome === 'refused'
  return (
    <ToneBanner
      tone={isStop ? 'stop' : 'needs-you'}
      word={t(isStop ? 'verdict.stop' : 'verdict.needsOverride')}
      detail={maskedName(fields.name)}
      testId="verdict"
    />
  )
}
