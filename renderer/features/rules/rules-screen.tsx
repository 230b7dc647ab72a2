import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Asked } from '../../app/asked.tsx'
import { useBranchesQuery, usePolicyQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { BinsView } from './bins-view.tsx'
import { CalendarView } from './calendar-view.tsx'
import { LinesView } from './lines-view.tsx'
import { RuleVerdict } from './rule-verdict.tsx'
import { useRuleActs } from './use-rule-acts.ts'
import './rules.css'

const tabs = ['lines', 'calendar', 'bins'] as const
type Tab = (typeof tabs)[number]

/** The rules of the city and the days of its libraries: looked at by all who lend, changed by few. */
export function RulesScreen() {
  const { t, i18n } = useTranslation()
  const { library } = useSignedIn()
  const policyQuery = usePolicyQuery({})
  const placesQuery = useBranchesQuery({})
  const acts = useRuleActs()
  const [tab, setTab] = useState<Tab>('lines')
  const show = (next: Tab): void => {
    acts.forget()
    setTab(next)
  }
  useKeys([
    { combo: 'Alt+l', label: t('rules.tab.lines'), run: () => show('lines') },
    { combo: 'Alt+c', label: t('rules.tab.calendar'), run: () => show('calendar') },
    { combo: 'Alt+b', label: t('rules.tab.bins'), run: () => show('bins') },
  ])
  const ownLibraryId = library?.id ?? ''
  return (
    <div className="cd-rules">
      <h1 className="cd-visually-hidden">{t('rules.title')}</h1>
      <div className="cd-rules-head">
        <Segmented
          options={tabs.map((value) => ({ value, label: t(`rules.tab.${value}`) }))}
          value={tab}
          onChange={show}
          data-testid="rules-tab"
        />
        <OfflineLine />
      </div>
      <Asked query={placesQuery}>
        {(places) => (
          <>
            <RuleVerdict
              said={acts.said}
              libraries={places.libraries}
              libraryOf={(calendarId) => {
                const branch = places.branches.find((one) => one.calendarId === calendarId)
                return places.libraries.find(({ id }) => id === branch?.libraryId) ?? null
              }}
            />
            <Asked query={policyQuery}>
              {(policy) => {
                const words = {
                  t,
                  language: i18n.language,
                  libraries: places.libraries,
                  categories: policy.readerCategories,
                }
                const shared = { words, ownLibraryId, acts }
                if (tab === 'lines') return <LinesView policy={policy} {...shared} />
                const View = tab === 'calendar' ? CalendarView : BinsView
                return <View places={places} {...shared} />
              }}
            </Asked>
          </>
        )}
      </Asked>
    </div>
  )
}
