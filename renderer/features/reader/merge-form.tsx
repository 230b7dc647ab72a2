/** Two records of one person side by side, and which of them stays. */
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { DecisionCard } from '../../app/decision-card.tsx'
import { useReaderCardQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import type { GivenOverride } from '../../app/perform.ts'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { useScans } from '../../app/services.tsx'
import { maskedCard, maskedPhone, yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { LedgerForm, TextField, useText } from './ledger-form.tsx'
import type { ReaderActs } from './reader-acts.ts'

/** What the record that stays should be: the one with more on it, then the one that runs longer. */
export function staysOf<T extends Pick<ReaderCard, 'loansCount' | 'reader'>>(one: T, other: T): T {
  if (one.loansCount !== other.loansCount) return one.loansCount > other.loansCount ? one : other
  return other.reader.expiresOn > one.reader.expiresOn ? other : one
}

interface MergeFormProps {
  readonly found: ReaderCard
  readonly acts: ReaderActs
  readonly onClose: () => void
  readonly onMerged: (readerId: string) => void
}

export function MergeForm({ found, acts, onClose, onMerged }: MergeFormProps) {
  const { t } = useTranslation()
  const [card, filled, setCard] = useText()
  const [isSwapped, setIsSwapped] = useState(false)
  useScans(({ text }) => {
    setCard(text)
    return true
  })
  const { data } = useReaderCardQuery(
    { card: filled ?? '', readerId: null, loansLimit: 1 },
    { skip: filled === null },
  )
  const other = filled === null || data?.reader.id === found.reader.id ? null : (data ?? null)
  const proposed = other === null ? found : staysOf(found, other)
  const stays = isSwapped && other !== null ? (proposed === found ? other : found) : proposed
  const goes = stays === found ? other : found
  const swap = (): void => setIsSwapped(!isSwapped)
  useKeys([{ combo: 'Alt+u', label: t('readers.mergeSwap'), run: swap }])
  const merge = async (overrides: readonly GivenOverride[]): Promise<void> => {
    if (goes === null) return
    const payload = { reader: stays.reader.id, other: goes.reader.id }
    if (await acts.act('reader.merge', payload, overrides)) onMerged(stays.reader.id)
  }
  const asked = acts.said?.kind === 'reader.merge' ? acts.said.receipt : null
  if (asked?.outcome === 'needs-override') {
    return (
      <DecisionCard
        findings={asked.findings}
        subject={maskedName(stays.reader.name)}
        confirmWord={t('readers.mergeGo')}
        isSecondRefused={false}
        isWorking={acts.isWorking}
        onConfirm={(overrides) => void merge(overrides)}
        onLeave={acts.forget}
      />
    )
  }
  return (
    <LedgerForm
      title={t('readers.mergeTitle')}
      canConfirm={goes !== null && !acts.isWorking}
      onConfirm={() => void merge([])}
      onLeave={onClose}
      takesScans
      testId="merge"
    >
      <TextField
        label={t('readers.merge')}
        hint={t('readers.mergeScan')}
        value={card}
        onChange={setCard}
        hasFocusFirst
        testId="merge-card"
      />
      {goes !== null && (
        <>
          <div className="cd-merge-sides">
            <Side title={t('readers.mergeStays')} card={stays} testId="merge-stays" />
            <Side title={t('readers.mergeGoes')} card={goes} testId="merge-goes" />
          </div>
          <p className="cd-quiet">
            {t('readers.mergeProposal')}{' '}
            <Button size="small" onClick={swap} data-testid="merge-swap">
              {t('readers.mergeSwap')} <KeyHint combo="Alt+u" />
            </Button>
          </p>
        </>
      )}
    </LedgerForm>
  )
}

interface SideProps {
  readonly title: string
  readonly card: ReaderCard
  readonly testId: string
}

function Side({ title, card, testId }: SideProps) {
  const { t, i18n } = useTranslation()
  const { reader, loansCount } = card
  return (
    <Panel title={title} testId={testId}>
      <Facts
        facts={[
          { name: t('readers.field.name'), value: maskedName(reader.name) },
          { name: t('reader.cardNumber'), value: maskedCard(reader.cardNumber) },
          { name: t('reader.bornOn'), value: reader.bornOn ?? '—' },
          {
            name: t('reader.phone'),
            value: reader.phone === null ? '—' : maskedPhone(reader.phone),
          },
          {
            name: t('reader.category'),
            value: i18n.language === 'zh-CN' ? card.categoryNameZh : card.categoryNameEn,
          },
          { name: t('reader.expires'), value: reader.expiresOn },
          { name: t('reader.loansTitle'), value: loansCount },
          { name: t('reader.feesTitle'), value: yuan(reader.feesOwedFen) },
        ]}
      />
    </Panel>
  )
}
