import { BookOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { Loan } from '../../../domain/records.ts'
import { isOwnItem } from '../../../domain/scopes.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import { dueText } from '../../../domain/words/due-date.ts'
import { Asked } from '../../app/asked.tsx'
import {
  useBranchesQuery,
  useEnterScanMutation,
  useItemCardQuery,
  useSyncStatusQuery,
} from '../../app/desk-api.ts'
import { PlaceHold } from '../../app/place-hold.tsx'
import { useKeys } from '../../app/keys.tsx'
import { WhyLoan } from '../../app/why-loan.tsx'
import { useScans } from '../../app/services.tsx'
import { useMay, useSignedIn } from '../../app/session.tsx'
import { ageInWords, yuan, titled } from '../../app/words.ts'
import type { AnswerOf } from '../../../contract/queries.ts'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { CatalogueActions } from './catalogue-actions.tsx'
import { ItemActions } from './item-actions.tsx'

type ItemCard = NonNullable<AnswerOf<'item-card'>>

export function ItemScreen() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const [enterScan] = useEnterScanMutation()
  const barcode = search.get('barcode')
  const itemId = search.get('id')
  const query = useItemCardQuery({ barcode, itemId }, { skip: barcode === null && itemId === null })
  useScans(({ kind, text, alsoKinds }) => {
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    if (isItem) setSearch({ barcode: text })
    return isItem
  })
  return (
    <div className="cd-item">
      <h1 className="cd-visually-hidden">{t('item.title')}</h1>
      <EntryBox
        label={t('item.scan')}
        testId="entry"
        onEnter={(text) => void enterScan({ text, source: 'typed' })}
      />
      {barcode === null && itemId === null ? (
        <EmptyState title={t('item.scan')} hint="" icon={<BookOutlined />} />
      ) : (
        <Asked query={query}>
          {(card) =>
            card === null ? (
              <EmptyState
                title={t('item.notFound', { barcode: barcode ?? '' })}
                hint={t('item.notFoundHint')}
              />
            ) : (
              <OpenItem key={card.item.id} card={card} />
            )
          }
        </Asked>
      )}
    </div>
  )
}

function OpenItem({ card }: { readonly card: ItemCard }) {
  const { t } = useTranslation()
  const may = useMay('circulate')
  const mayEdit = useMay('edit-catalogue')
  const { item, title } = card
  const isOwn = useIsOwn(item)
  return (
    <div className="cd-item-open">
      <Panel
        title={title?.title ?? t('lend.unknownTitle')}
        extra={
          title !== null && (
            <Link to={`/search?title=${encodeURIComponent(title.id)}`}>{t('item.openTitle')}</Link>
          )
        }
        testId="item-card"
      >
        {title !== null && (
          <PlaceHold titleId={title.id} titleText={title.title} itemId={item.id} />
        )}
        <p className={`cd-item-state cd-item-${item.state}`} data-testid="item-state">
          {t(`item.state.${item.state}`)}
          {card.due !== null && ` · ${t('item.due', { dueOn: dueText(card.due) })}`}
          {dateOf(card.loan?.claimedReturnedAt, (date) => t('item.claimedAt', { date }))}
          {dateOf(card.loan?.lostAt, (date) => t('item.lostAt', { date }))}
          {!item.isForLoan && ` · ${t('item.notForLoan')}`}
          {item.isPlaceholder && ` · ${t('item.placeholder')}`}
        </p>
        {card.loan !== null && <WhyDue loan={card.loan} item={item} />}
        <ItemFacts card={card} />
        <BriefLine item={item} />
        {may && <ItemActions card={card} />}
        {mayEdit && isOwn && <CatalogueActions item={item} />}
      </Panel>
      <Panel title={t('item.loansTitle')}>
        {card.loans.length === 0 ? (
          <p className="cd-quiet">{t(isOwn ? 'item.noLoans' : 'item.loansElsewhere')}</p>
        ) : (
          <ul className="cd-short-loans">
            {card.loans.map((loan) => (
              <li key={loan.id}>
                <span>{t('item.lentAt', { date: dateAt(loan.lentAt) })}</span>
                <span>
                  {loan.returnedAt === null
                    ? t('item.notReturned')
                    : t('item.returnedAt', { date: dateAt(loan.returnedAt) })}
                  {loan.lossRefundUntilOn !== null && (
                    <>
                      {' · '}
                      <Link to={`/reader?id=${encodeURIComponent(loan.readerId)}&shown=fees`}>
                        {t('item.refundUntil', { date: loan.lossRefundUntilOn })}
                      </Link>
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}

/** On demand: which rule set it. Its reader's category is not told on a screen of the catalogue. */
function WhyDue({ loan, item }: Pick<ItemCard, 'item'> & { readonly loan: Loan }) {
  const { t } = useTranslation()
  const [isShown, setIsShown] = useState(false)
  const toggle = (): void => setIsShown(!isShown)
  useKeys([{ combo: 'Alt+s', label: t('why.title'), run: toggle }])
  return (
    <>
      <Button size="small" aria-pressed={isShown} onClick={toggle} data-testid="why-toggle">
        {t('why.ask')} <KeyHint combo="Alt+s" />
      </Button>
      {isShown && <WhyLoan loan={loan} item={item} reader={null} />}
    </>
  )
}

const dateOf = (at: number | null | undefined, words: (date: string) => string): string =>
  at === null || at === undefined ? '' : ` · ${words(dateAt(at))}`

function ItemFacts({ card }: { readonly card: ItemCard }) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const { item, homeBranch, atBranch } = card
  const isOwn = useIsOwn(item)
  const isZh = i18n.language === 'zh-CN'
  const owner = places?.libraries.find(({ id }) => id === item.ownerLibraryId)
  return (
    <Facts
      facts={[
        { name: t('item.barcode'), value: item.barcode },
        ...(isOwn
          ? [
              { name: t('item.callNumber'), value: item.callNumber ?? '—' },
              { name: t('item.shelf'), value: item.shelf ?? '—' },
            ]
          : []),
        { name: t('item.type'), value: t(`item.itemType.${item.itemType}`) },
        { name: t('item.owner'), value: (isZh ? owner?.nameZh : owner?.nameEn) ?? '—' },
        { name: t('item.home'), value: (isZh ? homeBranch?.nameZh : homeBranch?.nameEn) ?? '—' },
        { name: t('item.at'), value: (isZh ? atBranch?.nameZh : atBranch?.nameEn) ?? '—' },
        ...(isOwn
          ? [{ name: t('item.price'), value: item.priceFen === null ? '—' : yuan(item.priceFen) }]
          : []),
        {
          name: t('item.condition'),
          value:
            item.condition === 'good'
              ? t('item.good')
              : titled(t, i18n.language, t('item.damaged'), [item.conditionNote ?? '']),
        },
        ...(item.partsCount > 1 || item.missingParts !== null
          ? [
              {
                name: t('item.parts'),
                value: [
                  item.partsCount,
                  item.missingParts === null
                    ? ''
                    : t('item.partsMissing', { missing: item.missingParts }),
                ]
                  .filter(Boolean)
                  .join(' · '),
              },
            ]
          : []),
        ...(item.alertNote === null ? [] : [{ name: t('item.alertNote'), value: item.alertNote }]),
        ...(item.inHouseUsesCount > 0
          ? [{ name: t('item.inHouseUses'), value: item.inHouseUsesCount }]
          : []),
      ]}
    />
  )
}

/** The city's brief facts come seconds after, or, without a line, as old as it says here. */
function BriefLine({ item }: { readonly item: ItemCard['item'] }) {
  const { t } = useTranslation()
  const isOwn = useIsOwn(item)
  const { data: sync } = useSyncStatusQuery({}, { pollingInterval: 30_000 })
  if (isOwn || item.isPlaceholder || sync === undefined) return null
  const ageMs = sync.agesMs.brief
  const text =
    ageMs === null ? t('item.inBriefUnknown') : t('item.inBrief', { age: ageInWords(t, ageMs) })
  return <MoreLine text={text} testId="brief-age" />
}

function useIsOwn(item: ItemCard['item']): boolean {
  const { branch } = useSignedIn()
  return branch === null || isOwnItem(item, branch.id)
}
