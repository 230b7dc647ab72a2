/** Forms about a reader's cards: another one in place of the main card, or beside it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import type { Reader } from '../../../domain/records.ts'
import { hasIdNumberForm } from '../../../domain/words/id-number.ts'
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
  const [isIdCard, setIsIdCard] = useState(false)
  useScans(({ kind, text: scanned }) => {
    // Read masked, and no card number either: it lends by itself (D19).
    setIsIdCard(kind === 'id-card')
    if (kind !== 'id-card') setText(scanned)
    return true
  })
  const isIdNumber = isIdCard || hasIdNumberForm(text)
  return { text, filled: isIdNumber ? null : filled, setText, isIdNumber }
}

interface NewCardFormProps<C extends string> {
  readonly title: string
  readonly label: string
  readonly choices: readonly { readonly id: C; readonly word: string }[]
  readonly chosen: C
  readonly onChoose: (id: C) => void
  readonly isWorking: boolean
  /** Answers whether it was done. */
  readonly onConfirm: (number: string) => Promise<boolean>
  readonly onClose: () => void
  readonly testId: string
  readonly choicesTestId: string
}

/** The number of a card, and one thing to choose about it. */
function NewCardForm<C extends string>(props: NewCardFormProps<C>) {
  const { title, label, choices, chosen, onChoose, isWorking, testId, choicesTestId } = props
  const { onConfirm, onClose } = props
  const { t } = useTranslation()
  const number = useScannedNumber()
  const confirm = async (): Promise<void> => {
    if (number.filled !== null && (await onConfirm(number.filled))) onClose()
  }
  return (
    <LedgerForm
      title={title}
      canConfirm={number.filled !== null && !isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      takesScans
      testId={testId}
    >
      <TextField
        label={t('readers.newCard')}
        hint={t(number.isIdNumber ? 'idCard.lendsAlready' : 'readers.scanNewCard')}
        value={number.text}
        onChange={number.setText}
        hasFocusFirst
        testId="card-number"
      />
      <Choices
        label={label}
        choices={choices}
        chosen={[chosen]}
        onChoose={onChoose}
        testId={choicesTestId}
      />
    </LedgerForm>
  )
}

const reasons = ['lost', 'damaged', 'renewed'] as const

export function ReplaceForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<PayloadOf<'reader.replace-card'>['reason']>('lost')
  return (
    <NewCardForm
      title={t('readers.replaceCard')}
      label={t('readers.why')}
      choices={reasons.map((one) => ({ id: one, word: t(`readers.reason.${one}`) }))}
      chosen={reason}
      onChoose={setReason}
      isWorking={acts.isWorking}
      onConfirm={(card) =>
        acts.act('reader.replace-card', {
          reader: reader.id,
          card,
          insteadOf: reader.cardNumber,
          reason,
        })
      }
      onClose={onClose}
      testId="replace-card"
      choicesTestId="card-reason"
    />
  )
}

const kinds = ['virtual', 'id-card', 'physical'] as const

export function AddCardForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<PayloadOf<'reader.add-card'>['kind']>('virtual')
  return (
    <NewCardForm
      title={t('readers.addCard')}
      label={t('readers.kindLabel')}
      choices={kinds.map((one) => ({ id: one, word: t(`readers.kind.${one}`) }))}
      chosen={kind}
      onChoose={setKind}
      isWorking={acts.isWorking}
      onConfirm={(card) => acts.act('reader.add-card', { reader: reader.id, card, kind })}
      onClose={onClose}
      testId="add-card"
      choicesTestId="card-kind"
    />
  )
}
