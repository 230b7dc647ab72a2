/** Forms about a reader's cards: another one in place of the main card, or beside it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import type { Reader } from '../../../domain/records.ts'
import { useScans } from '../../app/services.tsx'
import { Choices } from './choices.tsx'
import { LedgerForm, TextField, useText } from './ledger-form.tsx'
import type { ReaderActs } from './reader-acts.ts'

export interface ActFormProps {
  readonly reader: Reader
  readonly acts: ReaderActs
  readonly onClose: () => void
}

/** A scan goes into the field, whatever it looks like: virtual cards have no form of their own. */
function useScannedNumber() {
  const [text, filled, setText] = useText()
  useScans(({ text: scanned }) => {
    setText(scanned)
    return true
  })
  return [text, filled, setText] as const
}

const reasons = ['lost', 'damaged', 'renewed'] as const

export function ReplaceForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const [number, filled, setNumber] = useScannedNumber()
  const [reason, setReason] = useState<PayloadOf<'reader.replace-card'>['reason']>('lost')
  const confirm = async (): Promise<void> => {
    if (filled === null) return
    const payload = { reader: reader.id, card: filled, insteadOf: reader.cardNumber, reason }
    if (await acts.act('reader.replace-card', payload)) onClose()
  }
  return (
    <LedgerForm
      title={t('readers.replaceCard')}
      canConfirm={filled !== null && !acts.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      takesScans
      testId="replace-card"
    >
      <TextField
        label={t('readers.newCard')}
        hint={t('readers.scanNewCard')}
        value={number}
        onChange={setNumber}
        hasFocusFirst
        testId="card-number"
      />
      <Choices
        label={t('readers.why')}
        choices={reasons.map((one) => ({ id: one, word: t(`readers.reason.${one}`) }))}
        chosen={[reason]}
        onChoose={(id) => setReason(id)}
        testId="card-reason"
      />
    </LedgerForm>
  )
}

const kinds = ['virtual', 'id-card', 'physical'] as const

export function AddCardForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const [number, filled, setNumber] = useScannedNumber()
  const [kind, setKind] = useState<PayloadOf<'reader.add-card'>['kind']>('virtual')
  const confirm = async (): Promise<void> => {
    if (filled === null) return
    if (await acts.act('reader.add-card', { reader: reader.id, card: filled, kind })) onClose()
  }
  return (
    <LedgerForm
      title={t('readers.addCard')}
      canConfirm={filled !== null && !acts.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      takesScans
      testId="add-card"
    >
      <TextField
        label={t('readers.newCard')}
        hint={t('readers.scanNewCard')}
        value={number}
        onChange={setNumber}
        hasFocusFirst
        testId="card-number"
      />
      <Choices
        label={t('readers.kindLabel')}
        choices={kinds.map((one) => ({ id: one, word: t(`readers.kind.${one}`) }))}
        chosen={[kind]}
        onChoose={(id) => setKind(id)}
        testId="card-kind"
      />
    </LedgerForm>
  )
}
