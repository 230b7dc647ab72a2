import { WalletOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { maskedName } from '../../../domain/words/masked-name.ts'
import { Asked } from '../../app/asked.tsx'
import { useLeasesQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { dayAndTime } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { useReturns } from './returns.ts'
import { ReturnsVerdict } from './returns-verdict.tsx'

type Leases = AnswerOf<'leases'>
type LeaseRow = Leases['rows'][number]

const toneByState = {
  usable: 'done',
  'ends-soon': 'needs-you',
  'used-up': 'noted',
  stopped: 'needs-you',
  frozen: 'noted',
} as const satisfies Record<LeaseRow['state'], ToneName>

/** One of an epoch before may still be spent by a twin of this desk: only the city ends it. */
const mayGive = (row: LeaseRow | undefined): row is LeaseRow =>
  row !== undefined && row.state !== 'frozen'

export function LeasesScreen() {
  const { t } = useTranslation()
  const query = useLeasesQuery({})
  const returns = useReturns()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const rows = query.data?.rows ?? []
  const chosen = Math.max(
    0,
    rows.findIndex(({ lease }) => lease.id === chosenId),
  )
  const step = (by: number): void => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, chosen + by))]
    if (next !== undefined) setChosenId(next.lease.id)
  }
  const give = (some: readonly (LeaseRow | undefined)[]): void =>
    void returns.give(some.filter(mayGive).map(({ lease }) => lease.id))
  useKeys([
    { combo: 'r', label: t('leases.give'), run: () => give([rows[chosen]]), isInFields: false },
    { combo: 'Alt+r', label: t('leases.giveAll'), run: () => give(rows) },
    { combo: 'ArrowDown', label: t('keys.down'), run: () => step(1), isInFields: false },
    { combo: 'ArrowUp', label: t('keys.up'), run: () => step(-1), isInFields: false },
  ])
  return (
    <div className="cd-leases">
      <h1 className="cd-visually-hidden">{t('leases.title')}</h1>
      <Asked query={query}>
        {(leases) => (
          <>
            <Figures leases={leases} />
            <Panel
              className="cd-grow"
              title={t('leases.held')}
              extra={
                <>
                  <Button
                    disabled={!mayGive(rows[chosen]) || returns.progress !== null}
                    onClick={() => give([rows[chosen]])}
                    data-testid="give-back"
                  >
                    {t('leases.give')} <KeyHint combo="r" />
                  </Button>
                  <Button
                    disabled={!rows.some(mayGive) || returns.progress !== null}
                    onClick={() => give(rows)}
                    data-testid="give-all-back"
                  >
                    {t('leases.giveAll')} <KeyHint combo="Alt+r" />
                  </Button>
                </>
              }
              testId="leases"
            >
              <ReturnsVerdict returns={returns} />
              {rows.length === 0 ? (
                <EmptyState
                  title={t('leases.none')}
                  hint={t('leases.noneHint')}
                  icon={<WalletOutlined />}
                />
              ) : (
                <VirtualRows
                  rows={rows}
                  rowHeight={52}
                  keyOf={({ lease }) => lease.id}
                  label={t('leases.held')}
                  chosen={chosen}
                  onChoose={(index) => setChosenId(rows[index]?.lease.id ?? null)}
                  testId="lease-rows"
                  render={(row) => <OneLease row={row} blocks={leases.blocks} />}
                />
              )}
              <OfflineLine />
            </Panel>
          </>
        )}
      </Asked>
    </div>
  )
}

function Figures({ leases }: { readonly leases: Leases }) {
  const { t, i18n } = useTranslation()
  return (
    <div className="cd-leases-figures">
      <Panel title={t('leases.atRisk')} testId="value-at-risk">
        <strong className="cd-figure cd-number">
          {t('ledger.points', { count: leases.valueAtRisk })}
        </strong>
        <p className="cd-quiet">{t('leases.atRiskHint')}</p>
      </Panel>
      <Panel title={t('ledger.nextNumber')} testId="number-blocks">
        {leases.blocks.map((block) => (
          <div key={block.series} data-testid="number-block" data-left={block.left}>
            <span>{i18n.language === 'zh-CN' ? block.nameZh : block.nameEn}</span>{' '}
            <strong className="cd-number">{block.next?.printed ?? '—'}</strong>
            <p className="cd-quiet">
              {block.next === null
                ? t('ledger.noNumbers')
                : t('ledger.numbersLeft', { count: block.left })}
            </p>
          </div>
        ))}
      </Panel>
    </div>
  )
}

interface OneLeaseProps {
  readonly row: LeaseRow
  readonly blocks: Leases['blocks']
}

function OneLease({ row, blocks }: OneLeaseProps) {
  const { t, i18n } = useTranslation()
  const { lease, left, state, reader, usableUntil } = row
  const block = blocks.find(({ series }) => series === lease.series)
  const first = lease.firstNumber
  return (
    <div className="cd-lease-row" data-testid="lease-row" data-state={state} data-left={left}>
      <div className="cd-lend-what">
        <strong>
          {lease.kind === 'numbers'
            ? ((i18n.language === 'zh-CN' ? block?.nameZh : block?.nameEn) ?? lease.series)
            : reader === null
              ? t('leases.someone')
              : maskedName(reader.name)}
        </strong>
        <span className="cd-quiet cd-number">
          {first === null
            ? reader?.cardNumber
            : t('leases.numbers', { from: first, to: first + lease.amount - 1 })}
        </span>
      </div>
      <span className="cd-number">
        {t('leases.left')} {t('leases.leftOf', { left, amount: lease.amount })}
      </span>
      <span className="cd-quiet cd-number">
        {t('leases.until')} {dayAndTime(usableUntil)}
      </span>
      <ToneMark tone={toneByState[state]} word={t(`leases.state.${state}`)} />
    </div>
  )
}
