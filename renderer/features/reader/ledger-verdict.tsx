import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { useSyncStatusQuery } from '../../app/desk-api.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { toneOf } from '../../app/perform.ts'
import { groundsOf, titled, wordsOfFinding, yuan } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import type { Said } from './ledger-actions.ts'
import type { Ledger } from './ledger-forms.tsx'

/** What was done, in the words of its own summary. */
function doneWord(t: TFunction, said: Said): string {
  if (said.receipt === null) return ''
  switch (said.kind) {
    case 'points.earn':
      return t('ledger.earned', { count: said.receipt.summary.amount })
    case 'points.redeem':
      return t('ledger.redeemed', { count: said.receipt.summary.amount })
    case 'payment.take':
      return t('fees.taken', { fee: yuan(said.receipt.summary.amountFen) })
    case 'fee.charge':
      return t('fees.charged', { fee: yuan(said.receipt.summary.amountFen) })
    case 'fee.waive':
      return t('fees.waived', { fee: yuan(said.receipt.summary.amountFen) })
    case 'payment.refund':
      return t('ledger.refunded')
    case 'certificate.issue':
      return t('ledger.issued', { number: said.receipt.summary.printed })
    case 'ledger.reverse':
      return t('ledger.reversed')
    case 'lease.request':
      return t('ledger.asked')
  }
}

interface LedgerVerdictProps {
  readonly said: Said | null
  readonly request: Ledger['request']
}

/** The verdict of the last action; before the first there is none. */
export function LedgerVerdict({ said, request }: LedgerVerdictProps) {
  const { t, i18n } = useTranslation()
  const { data: sync } = useSyncStatusQuery({})
  if (said === null) return null
  const { receipt, failure } = said
  if (receipt === null) {
    const next = [t(`failure.${failure}.next`)]
    const detail = titled(t, i18n.language, t(`failure.${failure}.title`), next)
    return <ToneBanner tone="stop" word={t('verdict.failed')} detail={detail} testId="verdict" />
  }
  if (said.kind === 'lease.request' && receipt.outcome === 'done') {
    const answered = said.receipt?.summary.readerId === null ? null : request
    if (answered?.outcome === 'refused') {
      return (
        <>
          <ToneBanner
            tone="stop"
            word={t('ledger.refusedRequest')}
            detail={t('ledger.refusedHint')}
            testId="verdict"
          />
          <FindingLines findings={answered.findings} />
        </>
      )
    }
    const isAnswered = answered?.outcome === 'applied'
    return (
      <ToneBanner
        tone={isAnswered ? 'done' : 'noted'}
        word={t(isAnswered ? 'ledger.granted' : 'ledger.asked')}
        detail={t(isAnswered ? 'ledger.grantedHint' : 'ledger.askedHint')}
        testId="verdict"
      />
    )
  }
  if (receipt.outcome === 'done') {
    const where = t(sync?.connection === 'online' ? 'ledger.sent' : 'ledger.sentLater')
    // What was overridden is answered for.
    const first = receipt.findings.find(({ level }) => level !== 'override')
    const words = first && wordsOfFinding(t, i18n.language, first)
    const entered = words === undefined ? t('ledger.enteredHere', { where }) : words.next
    const entryId = said.kind === 'payment.take' ? said.receipt?.summary.entryIds[0] : undefined
    const detail =
      entryId === undefined ? entered : `${entered} ${t('fees.receipt', { id: entryId })}`
    return (
      <ToneBanner
        tone={toneOf(receipt)}
        word={doneWord(t, said)}
        detail={detail}
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
    )
  }
  return (
    <>
      <ToneBanner
        tone="stop"
        word={t('verdict.stop')}
        detail=""
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
      <FindingLines findings={receipt.findings} />
    </>
  )
}
