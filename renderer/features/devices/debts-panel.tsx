/** Tags whose security is owed, here and in the whole city: whichever pad they lie on puts them right. */
import { SafetyOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { usePadStatusQuery } from '../../app/pad-api.ts'
import { dayAndTime } from '../../app/words.ts'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'

type Debt = AnswerOf<'pad-status'>['debts'][number]

export function DebtsPanel() {
  const { t } = useTranslation()
  const query = usePadStatusQuery({})
  return (
    <Panel title={t('pads.debts')} testId="debts">
      <Asked query={query}>
        {({ debts }) =>
          debts.length === 0 ? (
            <EmptyState
              title={t('pads.noDebts')}
              hint={t('pads.noDebtsHint')}
              icon={<SafetyOutlined />}
              testId="no-debts"
            />
          ) : (
            debts.map((debt) => <OneDebt key={debt.uid} debt={debt} />)
          )
        }
      </Asked>
    </Panel>
  )
}

function OneDebt({ debt }: { readonly debt: Debt }) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const { title, barcode, wanted, since, hasFailed, toldByBranchId } = debt
  const branch = places?.branches.find(({ id }) => id === toldByBranchId)
  const place = i18n.language === 'zh-CN' ? branch?.nameZh : branch?.nameEn
  const word = hasFailed ? 'failed' : wanted === 'on-loan' ? 'owedOut' : 'owedIn'
  return (
    <section className="cd-device" data-testid="debt" data-barcode={barcode}>
      <header>
        <ToneMark tone={toldByBranchId === null ? 'needs-you' : 'noted'} word={t(`pads.${word}`)} />
      </header>
      <p>
        <strong>{title ?? t('pads.noTitle')}</strong> <span className="cd-number">{barcode}</span>
      </p>
      <p className="cd-quiet">
        {dayAndTime(since)} · {place ?? t('pads.owedHere')}
      </p>
    </section>
  )
}
