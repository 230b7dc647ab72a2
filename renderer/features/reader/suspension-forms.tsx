/** Forms that stop a reader, let them again, leave them word, or end their card. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BlockScope } from '../../../domain/reader-records.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { dateFromText } from '../../ui/date-text.ts'
import type { ActFormProps } from './card-forms.tsx'
import { Choices } from './choices.tsx'
import { LedgerForm, TextField, useText } from './ledger-form.tsx'

const scopes = BlockScope.options

export function SuspendForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const [until, filledUntil, setUntil] = useText()
  const [reason, filledReason, setReason] = useText()
  const [chosen, setChosen] = useState<readonly BlockScope[]>(scopes)
  const untilOn = filledUntil === null ? null : dateFromText(filledUntil)
  const isDateWrong = filledUntil !== null && untilOn === null
  const toggle = (scope: BlockScope): void =>
    setChosen(
      scopes.filter((one) => (one === scope ? !chosen.includes(one) : chosen.includes(one))),
    )
  const confirm = async (): Promise<void> => {
    if (filledReason === null || isDateWrong || chosen.length === 0) return
    const payload = {
      reader: reader.id,
      untilOn: untilOn as CalendarDate | null,
      blockedFor: [...chosen],
      reason: filledReason,
    }
    if (await acts.act('reader.suspend', payload)) onClose()
  }
  return (
    <LedgerForm
      title={t('readers.suspend')}
      canConfirm={filledReason !== null && !isDateWrong && chosen.length > 0 && !acts.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="suspend"
    >
      <TextField
        label={t('readers.untilOn')}
        hint={t('readers.untilOnHint')}
        value={until}
        onChange={setUntil}
        hasFocusFirst
        testId="suspend-until"
      />
      <Choices
        label={t('readers.scope')}
        choices={scopes.map((one) => ({ id: one, word: t(`readers.scopes.${one}`) }))}
        chosen={chosen}
        onChoose={toggle}
        isMany
        testId="suspend-scopes"
      />
      <TextField
        label={t('readers.why')}
        hint={t('readers.suspendReason')}
        value={reason}
        onChange={setReason}
        testId="suspend-reason"
      />
    </LedgerForm>
  )
}

export function LiftForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const [reason, filled, setReason] = useText()
  const confirm = async (): Promise<void> => {
    if (filled === null) return
    const payload = { reader: reader.id, reason: filled }
    if (await acts.act('reader.lift-suspension', payload)) onClose()
  }
  return (
    <LedgerForm
      title={t('readers.lift')}
      canConfirm={filled !== null && !acts.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="lift"
    >
      <TextField
        label={t('readers.why')}
        hint={t('readers.liftReason')}
        value={reason}
        onChange={setReason}
        hasFocusFirst
        testId="lift-reason"
      />
    </LedgerForm>
  )
}

export function MessageForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const [text, filled, setText] = useText()
  const confirm = async (): Promise<void> => {
    if (filled === null) return
    if (await acts.act('reader.message', { reader: reader.id, text: filled })) onClose()
  }
  return (
    <LedgerForm
      title={t('readers.message')}
      canConfirm={filled !== null && !acts.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="message"
    >
      <TextField
        label={t('readers.message')}
        hint={t('readers.messageText')}
        value={text}
        onChange={setText}
        hasFocusFirst
        testId="message-text"
      />
    </LedgerForm>
  )
}

export function CloseForm({ reader, acts, onClose }: ActFormProps) {
  const { t } = useTranslation()
  const confirm = async (): Promise<void> => {
    if (await acts.act('reader.close', { reader: reader.id })) onClose()
  }
  return (
    <LedgerForm
      title={t('readers.closeConfirm')}
      canConfirm={!acts.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      isConfirmFirst
      testId="close-reader"
    >
      <p className="cd-quiet">{t('readers.closeHint')}</p>
    </LedgerForm>
  )
}
