/** Another kind of card, and the deposit that goes with it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Tender } from '../../../domain/policy/charge-shapes.ts'
import { usePolicyQuery, useTillsQuery } from '../../app/desk-api.ts'
import { yuan } from '../../app/words.ts'
import { ToneMark } from '../../ui/tone.tsx'
import type { ActFormProps } from './card-forms.tsx'
import { Choices } from './choices.tsx'
import { ChoiceLines, LedgerForm, TextField } from './ledger-form.tsx'
import { fenFromText } from '../../app/fen-from-text.ts'

const NOT_AT_DESK = 'unregistered'

export function CategoryForm({ reader, acts, onClose }: ActFormProps) {
  const { t, i18n } = useTranslation()
  const { data: policy } = usePolicyQuery({})
  const { data: tills } = useTillsQuery({ limit: 1 })
  const [category, setCategory] = useState<string>(reader.category)
  const [deposit, setDeposit] = useState(String(reader.depositFen / 100))
  const [tender, setTender] = useState<Tender>('cash')
  const depositFen = fenFromText(deposit)
  const takenFen = (depositFen ?? reader.depositFen) - reader.depositFen
  const till = tills?.open?.till ?? null
  const categories = policy?.readerCategories ?? []
  const choose = (id: string): void => {
    setCategory(id)
    // What this kind of card asks for; another sum may be written over it.
    const asked = categories.find((one) => one.id === id)?.depositFen ?? 0
    setDeposit(String(asked / 100))
  }
  const confirm = async (): Promise<void> => {
    if (depositFen === null) return
    const money = takenFen === 0 ? {} : { deposit: { takenFen, tender, till: till?.id ?? null } }
    const payload = { reader: reader.id, category, depositFen, ...money }
    if (await acts.act('reader.set-category', payload)) onClose()
  }
  const choices = categories
    .filter(({ id }) => id !== NOT_AT_DESK)
    .map(({ id, nameZh, nameEn }) => ({ id, word: i18n.language === 'zh-CN' ? nameZh : nameEn }))
  return (
    <LedgerForm
      title={t('readers.category')}
      canConfirm={depositFen !== null && !acts.isWorking}
      onConfirm={() => void confirm()}
      onLeave={onClose}
      testId="set-category"
    >
      <Choices
        label={t('reader.category')}
        choices={choices}
        chosen={[category]}
        onChoose={choose}
        testId="categories"
      />
      <TextField
        label={t('readers.depositYuan')}
        hint=""
        value={deposit}
        onChange={setDeposit}
        hasFocusFirst
        testId="deposit"
      />
      {takenFen !== 0 && (
        <DepositMoved
          takenFen={takenFen}
          tender={tender}
          onTender={setTender}
          isTillOpen={till !== null}
        />
      )}
    </LedgerForm>
  )
}

interface DepositMovedProps {
  readonly takenFen: number
  readonly tender: Tender
  readonly onTender: (tender: Tender) => void
  readonly isTillOpen: boolean
}

/** What goes over the counter now, and how. */
function DepositMoved({ takenFen, tender, onTender, isTillOpen }: DepositMovedProps) {
  const { t } = useTranslation()
  const fee = yuan(Math.abs(takenFen))
  return (
    <>
      <strong className="cd-figure cd-number" role="status" data-testid="deposit-moved">
        {t(takenFen > 0 ? 'readers.depositTaken' : 'readers.depositBack', { fee })}
      </strong>
      <ChoiceLines
        label={t('fees.howPaid')}
        choices={Tender.options.map((id) => ({ id, word: t(`fees.tender.${id}`), aside: '' }))}
        chosenId={tender}
        onChoose={onTender}
        testId="deposit-tender"
      />
      {tender === 'cash' && !isTillOpen && (
        <p data-testid="till-closed">
          <ToneMark tone="needs-you" word={t('till.noneHint')} />{' '}
          <Link to="/till">{t('till.open')}</Link>
        </p>
      )}
    </>
  )
}
