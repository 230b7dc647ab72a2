/** Taking money, waiving, charging. */
import { InputNumber } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'
import { ChargedCause, Tender } from '../../../domain/policy/charge-shapes.ts'
import type { Charges } from '../../../domain/policy/charge-shapes.ts'
import { boundsFor } from '../../../domain/policy/charges.ts'
import type { Reader } from '../../../domain/records.ts'
import { useItemCardQuery } from '../../app/desk-api.ts'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { useScans } from '../../app/services.tsx'
import { yuan } from '../../app/words.ts'
import { ToneMark } from '../../ui/tone.tsx'
import type { LedgerActions } from './ledger-actions.ts'
import { ChoiceLines, LedgerForm, TextField, useText } from './ledger-form.tsx'

type Fees = AnswerOf<'reader-fees'>

interface FormProps {
  readonly reader: Reader
  readonly actions: LedgerActions
  readonly onClose: () => void
}

interface PayFormProps extends FormProps {
  /** The oldest first: less than all of it goes to them in this order. */
  readonly rows: Fees['rows']
  readonly till: Fees['till']
}

const dueOf = (rows: Fees['rows']): number => rows.reduce((sum, { owedFen }) => sum + owedFen, 0)

export function PayForm({ reader, rows, till, actions, onClose }: PayFormProps) {
  const { t } = useTranslation()
  const dueFen = dueOf(rows)
  const [amountFen, setAmountFen] = useState<number | null>(dueFen)
  const [givenFen, setGivenFen] = useState<number | null>(null)
  const [tender, setTender] = useState<Tender>('cash')
  const confirm = async (): Promise<void> => {
    if (amountFen === null) return
    let leftFen = amountFen
    const fees = rows.flatMap(({ fee, owedFen }) => {
      const partFen = Math.min(leftFen, owedFen)
      leftFen -= partFen
      return partFen === 0 ? [] : [{ fee: fee.id, amountFen: partFen }]
    })
    const handedOver = tender === 'cash' && givenFen !== null && givenFen >= amountFen
    const payload = {
      reader: reader.id,
      fees,
      tender,
      till: till?.id ?? null,
      ...(handedOver ? { givenFen } : {}),
    }
    if (await actions.act('payment.take', payload)) onClose()
  }
  const changeFen = (givenFen ?? 0) - (amountFen ?? 0)
  return (
    <LedgerForm
      title={t('fees.take')}
      canConfirm={amountFen !== null && amountFen > 0 && amountFen <= dueFen && !actions.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="pay"
    >
      <YuanField
        label={t('fees.due')}
        valueFen={amountFen}
        maxFen={dueFen}
        onChange={setAmountFen}
        hasFocusFirst
        testId="pay-amount"
      />
      <ChoiceLines
        label={t('fees.howPaid')}
        choices={Tender.options.map((id) => ({ id, word: t(`fees.tender.${id}`), aside: '' }))}
        chosenId={tender}
        onChoose={(id) => setTender(id)}
        testId="tender"
      />
      {tender === 'cash' && (
        <YuanField
          label={t('fees.given')}
          valueFen={givenFen}
          maxFen={100_000_000}
          onChange={setGivenFen}
          testId="pay-given"
        />
      )}
      {tender === 'cash' && changeFen > 0 && (
        <strong className="cd-figure cd-number" role="status" data-testid="pay-change">
          {t('fees.change', { fee: yuan(changeFen) })}
        </strong>
      )}
      {tender === 'cash' && till === null && (
        <p data-testid="till-closed">
          <ToneMark tone="needs-you" word={t('fees.tillClosed')} />{' '}
          <Link to="/till">{t('till.open')}</Link>
        </p>
      )}
    </LedgerForm>
  )
}

interface WaiveFormProps extends FormProps {
  readonly rows: Fees['rows']
}

/** One fee in part or whole; several each as a whole. */
export function WaiveForm({ reader, rows, actions, onClose }: WaiveFormProps) {
  const { t } = useTranslation()
  const dueFen = dueOf(rows)
  const [amountFen, setAmountFen] = useState<number | null>(dueFen)
  const [reason, filled, setReason] = useText()
  const [as, setAs] = useState<'waived' | 'replaced'>('waived')
  const isLoss = rows.every(({ fee }) => fee.cause === 'loss')
  const isOne = rows.length === 1
  const confirm = async (): Promise<void> => {
    if (amountFen === null || filled === null) return
    for (const { fee, owedFen } of rows) {
      const waiver = { fee: fee.id, amountFen: isOne ? amountFen : owedFen, as, reason: filled }
      // Each may ask, one after the other.
      if (!(await actions.act('fee.waive', { reader: reader.id, ...waiver }))) return
    }
    onClose()
  }
  return (
    <LedgerForm
      title={t('fees.waive')}
      canConfirm={amountFen !== null && amountFen > 0 && filled !== null && !actions.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="waive"
    >
      <YuanField
        label={t('fees.amount')}
        valueFen={amountFen}
        maxFen={dueFen}
        minFen={isOne ? 1 : dueFen}
        onChange={setAmountFen}
        hasFocusFirst={isOne}
        testId="waive-amount"
      />
      {isLoss && (
        <ChoiceLines
          label={t('fees.as')}
          choices={[
            { id: 'waived', word: t('fees.asWaived'), aside: '' },
            { id: 'replaced', word: t('fees.asReplaced'), aside: '' },
          ]}
          chosenId={as}
          onChoose={setAs}
          testId="waive-as"
        />
      )}
      <TextField
        label={t('fees.reason')}
        hint={t('fees.reasonHint')}
        value={reason}
        onChange={setReason}
        hasFocusFirst={!isOne}
        testId="waive-reason"
      />
    </LedgerForm>
  )
}

interface ChargeFormProps extends FormProps {
  readonly charges: Charges
  /** What the reader has: most damage is found on it. */
  readonly loans: ReaderCard['loans']
}

export function ChargeForm({ reader, charges, loans, actions, onClose }: ChargeFormProps) {
  const { t } = useTranslation()
  const [barcode, filledBarcode, setBarcode] = useText()
  const { data: card } = useItemCardQuery(
    { barcode: filledBarcode, itemId: null },
    { skip: filledBarcode === null },
  )
  const item = filledBarcode === null ? null : (card?.item ?? null)
  const [cause, setCause] = useState<ChargedCause>('damage')
  /** Null until somebody writes another sum than the usual one. */
  const [writtenFen, setWrittenFen] = useState<number | null>(null)
  const [note, filledNote, setNote] = useText()
  useScans(({ kind, text }) => {
    if (kind === 'item') setBarcode(text)
    return kind === 'item'
  })
  const offered = ChargedCause.options.filter((one) => boundsFor(charges, one, item) !== null)
  const bounds = boundsFor(charges, cause, item)
  const amountFen = writtenFen ?? bounds?.usualFen ?? null
  const confirm = async (): Promise<void> => {
    if (amountFen === null) return
    const payload = {
      reader: reader.id,
      cause,
      amountFen,
      item: item?.id ?? null,
      note: filledNote,
    }
    if (await actions.act('fee.charge', payload)) onClose()
  }
  return (
    <LedgerForm
      title={t('fees.charge')}
      canConfirm={amountFen !== null && amountFen > 0 && !actions.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      takesScans
      testId="charge"
    >
      <ChoiceLines
        label={t('fees.cause')}
        choices={offered.map((id) => {
          const { minFen, maxFen } = boundsFor(charges, id, item) ?? { minFen: 0, maxFen: 0 }
          const range = { min: yuan(minFen), max: yuan(maxFen) }
          const aside = minFen === maxFen ? yuan(minFen) : t('fees.bounds', range)
          return { id, word: t(`fees.causes.${id}`), aside }
        })}
        chosenId={cause}
        onChoose={(id) => {
          setCause(id)
          setWrittenFen(null)
        }}
        hasFocusFirst
        testId="charge-cause"
      />
      <YuanField
        label={t('fees.amount')}
        valueFen={amountFen}
        maxFen={100_000_000}
        onChange={setWrittenFen}
        testId="charge-amount"
      />
      <TextField
        label={t('fees.item')}
        hint={t('fees.itemHint')}
        value={barcode}
        onChange={setBarcode}
        list={loans.flatMap(({ item: lent, title }) =>
          lent === null ? [] : [{ value: lent.barcode, label: title?.title ?? '' }],
        )}
        testId="charge-item"
      />
      {card?.title && <p className="cd-quiet">{card.title.title}</p>}
      <TextField
        label={t('fees.note')}
        hint={cause === 'other' ? t('fees.noteHint') : ''}
        value={note}
        onChange={setNote}
        testId="charge-note"
      />
    </LedgerForm>
  )
}

interface YuanFieldProps {
  readonly label: string
  readonly valueFen: number | null
  readonly minFen?: number
  readonly maxFen: number
  readonly onChange: (fen: number | null) => void
  readonly hasFocusFirst?: boolean
  readonly testId: string
}

/** Written in yuan, kept in fen. */
function YuanField(props: YuanFieldProps) {
  const { label, valueFen, minFen = 1, maxFen, onChange, hasFocusFirst = false, testId } = props
  const id = useId()
  return (
    <div className="cd-ledger-field">
      <label htmlFor={id}>{label}</label>
      <InputNumber
        id={id}
        autoFocus={hasFocusFirst}
        min={minFen / 100}
        max={maxFen / 100}
        precision={2}
        value={valueFen === null ? null : valueFen / 100}
        data-testid={testId}
        onChange={(value) => onChange(value === null ? null : Math.round(value * 100))}
      />
    </div>
  )
}
