import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { useKeys } from '../../app/keys.tsx'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { useMay } from '../../app/session.tsx'
import { yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { LedgerActions } from './ledger-actions.ts'
import { TakeBackForm } from './ledger-forms.tsx'

type LossRefund = AnswerOf<'reader-fees'>['lossRefunds'][number]

interface LossRefundsProps {
  readonly reader: ReaderCard['reader']
  readonly refunds: readonly LossRefund[]
  readonly actions: LedgerActions
}

/** The lost book is back, and its price was paid: one key, and the money goes back (R14). */
export function LossRefunds({ reader, refunds, actions }: LossRefundsProps) {
  const { t } = useTranslation()
  const may = useMay('settle-exceptions')
  const [entryId, setEntryId] = useState<string | null>(null)
  const [first] = refunds
  const chosen = refunds.find(({ entry }) => entry.id === entryId)
  useKeys(
    first === undefined || !may
      ? []
      : [{ combo: 'Alt+r', label: t('fees.lossRefund'), run: () => setEntryId(first.entry.id) }],
  )
  if (first === undefined) return null
  return (
    <>
      <ul className="cd-fee-rows" data-testid="loss-refunds">
        {refunds.map(({ entry, leftFen, untilOn, title, barcode }) => (
          <li key={entry.id} className="cd-loss-refund">
            <ToneMark tone="needs-you" word={t('fees.lossRefund')} />
            <span>
              {[title ?? barcode ?? '', t('fees.lossRefundUntil', { date: untilOn })]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
            {may ? (
              <Button onClick={() => setEntryId(entry.id)} data-testid="do-loss-refund">
                {t('fees.lossRefundOf', { fee: yuan(leftFen) })}{' '}
                {entry.id === first.entry.id && <KeyHint combo="Alt+r" />}
              </Button>
            ) : (
              <span className="cd-quiet">{t('fees.lossRefundHead', { fee: yuan(leftFen) })}</span>
            )}
          </li>
        ))}
      </ul>
      {chosen !== undefined && (
        <TakeBackForm
          key={chosen.entry.id}
          reader={reader}
          entry={{ ...chosen.entry, amount: chosen.leftFen }}
          as="refund"
          usualReason={t('fees.lossRefundReason')}
          actions={actions}
          onClose={() => setEntryId(null)}
        />
      )}
    </>
  )
}
