import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { TFunction } from 'i18next'
import { numberText, seriesTerms } from '../../../domain/policy/points-leases.ts'
import type { PointsPolicy } from '../../../domain/policy/points-shapes.ts'
import type { Reader } from '../../../domain/records.ts'
import { usePolicyQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { useMay } from '../../app/session.tsx'
import { dayAndTime, yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import type { LedgerActions } from './ledger-actions.ts'
import { AskForm, CertificateForm, EarnForm, RedeemForm, TakeBackForm } from './ledger-forms.tsx'
import type { EntryRow, FormProps, Ledger } from './ledger-forms.tsx'
import { LedgerDecision } from './ledger-decision.tsx'
import { LedgerVerdict } from './ledger-verdict.tsx'

type Doing = 'earn' | 'redeem' | 'ask' | 'certificate' | 'reverse' | 'refund'

const doings = [
  { doing: 'earn', combo: 'Alt+p' },
  { doing: 'redeem', combo: 'Alt+x' },
  { doing: 'ask', combo: 'Alt+a' },
  { doing: 'certificate', combo: 'Alt+c' },
] as const

/** Records are named after the operation that made them. */
const entryOf = (entries: Ledger['entries'], operationId: string | null): string | null =>
  entries.find(({ entry }) => operationId !== null && entry.id.startsWith(`${operationId}.r`))
    ?.entry.id ?? null

interface LedgerViewProps {
  readonly reader: Reader
  readonly ledger: Ledger
  readonly actions: LedgerActions
}

export function LedgerView({ reader, ledger, actions }: LedgerViewProps) {
  const { t } = useTranslation()
  const { data: policy } = usePolicyQuery({})
  const mayRefund = useMay('settle-exceptions')
  const [doing, setDoing] = useState<Doing | null>(null)
  const { entries, entriesCount } = ledger
  const [search] = useSearchParams()
  const [chosenId, setChosenId] = useState<string | null>(entryOf(entries, search.get('of')))
  const chosen = Math.max(
    0,
    entries.findIndex(({ entry }) => entry.id === chosenId),
  )
  const row = entries[chosen]
  const step = (by: number): void => {
    const next = entries[Math.min(entries.length - 1, Math.max(0, chosen + by))]
    if (next !== undefined) setChosenId(next.entry.id)
  }
  const canReverse = isReversible(row)
  const canRefund = canReverse && mayRefund && row?.entry.cause === 'paid'
  const start = (next: Doing, isPossible = true): void => {
    if (!isPossible) return
    // The entry stays the one that was meant, whatever the feed puts above it meanwhile.
    if (row !== undefined && (next === 'reverse' || next === 'refund')) setChosenId(row.entry.id)
    setDoing(next)
  }
  useKeys([
    ...doings.map((one) => ({
      combo: one.combo,
      label: t(`ledger.${one.doing}`),
      run: () => start(one.doing),
    })),
    { combo: 'Alt+z', label: t('ledger.reverseChosen'), run: () => start('reverse', canReverse) },
    { combo: 'ArrowDown', label: t('keys.down'), run: () => step(1), isInFields: false },
    { combo: 'ArrowUp', label: t('keys.up'), run: () => step(-1), isInFields: false },
  ])
  return (
    <Panel className="cd-grow cd-loans-panel" title={t('ledger.title')} testId="ledger">
      <div className="cd-ledger-tools">
        {doings.map(({ doing: name, combo }) => (
          <Button key={name} onClick={() => start(name)} data-testid={`do-${name}`}>
            {t(`ledger.${name}`)} <KeyHint combo={combo} />
          </Button>
        ))}
      </div>
      {actions.asked === null ? (
        <LedgerVerdict said={actions.said} request={ledger.request} />
      ) : (
        <LedgerDecision actions={actions} />
      )}
      {doing !== null && actions.asked === null && policy !== undefined && (
        <OpenForm
          key={doing}
          doing={doing}
          row={row}
          reader={reader}
          ledger={ledger}
          policy={policy.points}
          actions={actions}
          onClose={() => setDoing(null)}
        />
      )}
      {entries.length > 0 && (
        <div className="cd-ledger-tools">
          <h3>{t('ledger.history')}</h3>
          {mayRefund && (
            <Button
              size="small"
              disabled={!canRefund}
              onClick={() => start('refund', canRefund)}
              data-testid="do-refund"
            >
              {t('ledger.refund')}
            </Button>
          )}
          <Button
            size="small"
            disabled={!canReverse}
            onClick={() => start('reverse', canReverse)}
            data-testid="do-reverse"
          >
            {t('ledger.reverseChosen')} <KeyHint combo="Alt+z" />
          </Button>
        </div>
      )}
      {entries.length === 0 ? (
        <EmptyState title={t('ledger.noEntries')} hint={t('ledger.noEntriesHint')} />
      ) : (
        <VirtualRows
          rows={entries}
          rowHeight={52}
          keyOf={({ entry }) => entry.id}
          label={t('ledger.history')}
          chosen={chosen}
          onChoose={(index) => setChosenId(entries[index]?.entry.id ?? null)}
          testId="ledger-entries"
          render={(one) => <OneEntry row={one} policy={policy?.points} />}
        />
      )}
      {entriesCount > entries.length && (
        <MoreLine text={t('ledger.shownOfAll', { shown: entries.length, total: entriesCount })} />
      )}
    </Panel>
  )
}

/** Worth offering; the rule has the last word. */
const isReversible = (row: EntryRow | undefined): boolean =>
  row !== undefined &&
  !row.isReversed &&
  ['earned', 'redeemed', 'paid', 'issued'].includes(row.entry.cause)

interface OpenFormProps extends FormProps {
  readonly doing: Doing
  readonly row: EntryRow | undefined
}

function OpenForm({ doing, row, ...form }: OpenFormProps) {
  switch (doing) {
    case 'earn':
      return <EarnForm {...form} />
    case 'redeem':
      return <RedeemForm {...form} />
    case 'ask':
      return <AskForm {...form} />
    case 'certificate':
      return <CertificateForm {...form} />
    case 'reverse':
    case 'refund':
      return row === undefined ? null : <TakeBackForm {...form} as={doing} entry={row.entry} />
  }
}

interface OneEntryProps {
  readonly row: EntryRow
  readonly policy: PointsPolicy | undefined
}

function OneEntry({ row, policy }: OneEntryProps) {
  const { t, i18n } = useTranslation()
  const { entry, branch, isReversed, isPending } = row
  const isZh = i18n.language === 'zh-CN'
  const place = (isZh ? branch?.nameZh : branch?.nameEn) ?? ''
  return (
    <div
      className={isReversed ? 'cd-entry-row cd-undone' : 'cd-entry-row'}
      data-testid="ledger-entry"
      data-cause={entry.cause}
      data-amount={entry.amount}
    >
      <strong>{t(`ledger.cause.${entry.cause}`)}</strong>
      <div className="cd-lend-what">
        <span>{[lineName(entry, policy, isZh), entry.note].filter(Boolean).join(' · ')}</span>
        <span className="cd-quiet cd-number">
          {dayAndTime(entry.at)} · {place}
        </span>
      </div>
      <span>
        {isPending && <ToneMark tone="noted" word={t('ledger.pending')} />}
        {isReversed && <ToneMark tone="noted" word={t('ledger.wasReversed')} />}
      </span>
      <strong className="cd-entry-amount cd-number">{amountOf(t, entry, policy)}</strong>
    </div>
  )
}

type Entry = EntryRow['entry']

function lineName(entry: Entry, policy: PointsPolicy | undefined, isZh: boolean): string {
  if (policy === undefined || entry.policyLine === null) return ''
  const lines = [...policy.earnings, ...policy.rewards, ...policy.series]
  const line = lines.find(({ id }) => id === entry.policyLine)
  return (isZh ? line?.nameZh : line?.nameEn) ?? ''
}

function amountOf(t: TFunction, entry: Entry, policy: PointsPolicy | undefined): string {
  if (entry.number !== null) {
    const terms = policy && seriesTerms(policy, entry.policyLine ?? '')
    return terms === undefined ? String(entry.number) : numberText(terms, entry.number)
  }
  const sign = entry.amount > 0 ? '+' : '−'
  const size = Math.abs(entry.amount)
  return sign + (entry.ledger === 'money' ? yuan(size) : t('ledger.points', { count: size }))
}
