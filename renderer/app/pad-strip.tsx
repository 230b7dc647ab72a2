/** Above the status bar on every screen: what the pad wants of a person, and nothing where it wants nothing. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../contract/queries.ts'
import { ToneMark } from '../ui/tone.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { usePadStatusQuery, useTakePartsMutation } from './pad-api.ts'
import { useKeys } from './keys.tsx'

type Status = AnswerOf<'pad-status'>

export function PadStrip() {
  const { data: status } = usePadStatusQuery({})
  if (status === undefined) return null
  const troubled = status.tags.find(({ trouble }) => trouble !== null)
  const hasDebts = status.debts.some(({ toldByBranchId }) => toldByBranchId === null)
  const isQuiet = !hasDebts && status.repaired === null && troubled === undefined
  return (
    <div className="cd-pad-strip" role="status" data-testid="pad-strip">
      {!isQuiet && (
        <>
          <Owed status={status} />
          {troubled !== undefined && <Troubled tag={troubled} />}
          <Repaired status={status} />
        </>
      )}
    </div>
  )
}

function Owed({ status: { debts, tags } }: { readonly status: Status }) {
  const { t } = useTranslation()
  // What lies there and is being done is no debt yet.
  const working = new Set(tags.filter(({ isWorking }) => isWorking).map(({ uid }) => uid))
  // What other desks told is theirs to look for; the screen of devices lists it.
  const owed = debts.filter(
    ({ uid, toldByBranchId }) => toldByBranchId === null && !working.has(uid),
  )
  const [first] = owed
  if (first === undefined) return null
  const word = first.hasFailed ? 'failed' : first.wanted === 'on-loan' ? 'owedOut' : 'owedIn'
  return (
    <p className="cd-pad-line" data-testid="pad-debt" data-count={owed.length}>
      <ToneMark tone="needs-you" word={t(`pads.${word}`)} />
      <strong>{first.title ?? first.barcode}</strong>
      <span className="cd-number">{first.barcode}</span>
      {owed.length > 1 && <span>{t('pads.owedMore', { count: owed.length - 1 })}</span>}
    </p>
  )
}

function Repaired({ status: { repaired } }: { readonly status: Status }) {
  const { t } = useTranslation()
  if (repaired === null) return null
  return (
    <p className="cd-pad-line" data-testid="pad-repaired">
      <ToneMark tone="done" word={t('pads.repaired')} />
      <strong>{repaired.title ?? repaired.barcode}</strong>
      <span className="cd-number">{repaired.barcode}</span>
    </p>
  )
}

function Troubled({ tag }: { readonly tag: Status['tags'][number] }) {
  const { t } = useTranslation()
  const { trouble, barcode, missingParts, uid } = tag
  if (trouble === null) return null
  return (
    <p className="cd-pad-line" data-testid="pad-trouble" data-trouble={trouble}>
      <ToneMark tone="needs-you" word={t(`pads.trouble.${trouble}`)} />
      <strong>{tag.title ?? barcode ?? ''}</strong>
      <span className="cd-number">{barcode ?? uid}</span>
      {trouble === 'parts-missing' && barcode !== null && (
        <TakeParts barcode={barcode} missing={missingParts.join('、')} />
      )}
    </p>
  )
}

function TakeParts({ barcode, missing }: { readonly barcode: string; readonly missing: string }) {
  const { t } = useTranslation()
  const [takeParts] = useTakePartsMutation()
  const take = (): void => void takeParts({ barcode, reason: t('pads.takeWhy') })
  useKeys([{ combo: 'Alt+Shift+p', label: t('pads.takeParts'), run: take }])
  return (
    <>
      <span>{t('pads.missing', { parts: missing })}</span>
      <Button size="small" onClick={take} data-testid="take-parts">
        {t('pads.takeParts')} <KeyHint combo="Alt+Shift+p" />
      </Button>
    </>
  )
}
