import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { dueText } from '../../../domain/words/due-date.ts'
import { Link, useNavigate } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useTitleCardQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { PlaceHold } from '../../app/place-hold.tsx'
import { useMay } from '../../app/session.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ReaderPreview } from './reader-preview.tsx'
import { TitleVisibility } from './title-visibility.tsx'

type Card = NonNullable<AnswerOf<'title-card'>>

export function TitleCard({ titleId }: { readonly titleId: string }) {
  const { t } = useTranslation()
  const query = useTitleCardQuery({ titleId })
  return (
    <Asked query={query}>
      {(card) =>
        card === null ? <EmptyState title={t('state.empty')} hint="" /> : <OpenTitle card={card} />
      }
    </Asked>
  )
}

function OpenTitle({ card }: { readonly card: Card }) {
  const { t, i18n } = useTranslation()
  const { title, bib, items } = card
  return (
    <Panel title={title.title} testId="title-card" className="cd-title-card">
      <PlaceHold titleId={title.id} titleText={title.title} itemId={null} />
      <div className="cd-title-acts">
        <AddItems titleId={title.id} />
        <EditLink titleId={title.id} />
        <TitleVisibility titleId={title.id} suppression={card.suppression} />
        {title.kind === 'serial' && <SubscribeLink titleId={title.id} />}
        <ReaderPreview card={card} />
      </div>
      {title.otherTitle !== null && <p>{title.otherTitle}</p>}
      <Facts
        facts={[
          { name: t('search.author'), value: title.author ?? '—' },
          {
            name: t('search.publisher'),
            value: [title.publisher, title.year].filter(Boolean).join('，') || '—',
          },
          { name: 'ISBN', value: title.isbns.join('、') || (title.issn ?? '—') },
          { name: t('search.clc'), value: title.clc ?? '—' },
          { name: t('search.subjects'), value: title.subjects.join('；') || '—' },
          ...(title.series === null ? [] : [{ name: t('search.series'), value: title.series }]),
        ]}
      />
      <h3>{t('search.items', { count: items.length })}</h3>
      {items.length === 0 ? (
        <p className="cd-quiet">{t('search.noItems')}</p>
      ) : (
        <div className="cd-scroll-x">
          <table className="cd-table" data-testid="items">
            <thead>
              <tr>
                <th scope="col">{t('item.barcode')}</th>
                <th scope="col">{t('item.callNumber')}</th>
                <th scope="col">{t('item.home')}</th>
                <th scope="col">{t('reader.state')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ item, homeBranch, due }) => (
                <tr key={item.id} data-testid="title-item">
                  <td className="cd-number">
                    <Link to={`/item?id=${encodeURIComponent(item.id)}`}>{item.barcode}</Link>
                  </td>
                  <td className="cd-number">{item.callNumber ?? '—'}</td>
                  <td>
                    {(i18n.language === 'zh-CN' ? homeBranch?.nameZh : homeBranch?.nameEn) ?? '—'}
                  </td>
                  <td>
                    {t(`item.state.${item.state}`)}
                    {due !== null && (
                      <>
                        {' · '}
                        <span className="cd-unbroken">
                          {t('item.due', { dueOn: dueText(due) })}
                        </span>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {bib === null ? <p className="cd-quiet">{t('search.noMarc')}</p> : <MarcFields bib={bib} />}
    </Panel>
  )
}

function AddItems({ titleId }: { readonly titleId: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay('edit-catalogue')
  const open = (): void => void navigate(`/add-items?title=${encodeURIComponent(titleId)}`)
  useKeys(may ? [{ combo: 'Alt+a', label: t('addItems.title'), run: open }] : [])
  if (!may) return null
  return (
    <Button onClick={open} data-testid="add-items">
      {t('addItems.title')} <KeyHint combo="Alt+a" />
    </Button>
  )
}

function EditLink({ titleId }: { readonly titleId: string }) {
  const { t } = useTranslation()
  if (!useMay('edit-catalogue')) return null
  return (
    <Link to={`/drafts?title=${encodeURIComponent(titleId)}`} data-testid="edit-record">
      {t('drafts.edit')}
    </Link>
  )
}

function SubscribeLink({ titleId }: { readonly titleId: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay('edit-catalogue')
  const open = (): void => void navigate(`/serials?title=${encodeURIComponent(titleId)}`)
  useKeys(may ? [{ combo: 'Alt+j', label: t('serials.subscribe'), run: open }] : [])
  if (!may) return null
  return (
    <Button onClick={open} data-testid="subscribe">
      {t('serials.subscribe')} <KeyHint combo="Alt+j" />
    </Button>
  )
}

function MarcFields({ bib }: { readonly bib: NonNullable<Card['bib']> }) {
  const { t } = useTranslation()
  return (
    <details className="cd-marc" data-testid="marc">
      <summary>
        {t('search.marc')} · {t(`search.profile.${bib.profile}`)}
      </summary>
      <table className="cd-table cd-marc-table">
        <thead>
          <tr>
            <th scope="col">{t('search.tag')}</th>
            <th scope="col">{t('search.indicators')}</th>
            <th scope="col">{t('search.content')}</th>
          </tr>
        </thead>
        <tbody>
          {bib.fields.map((field, index) => (
            // Fields repeat and have no name of their own: their place in the record is their key.
            <tr key={index}>
              <td>{field.tag}</td>
              <td>{field.indicators?.replaceAll(' ', '#')}</td>
              <td>
                {field.value}
                {field.subfields.map((subfield, place) => (
                  <span key={place}>
                    <b>${subfield.code}</b> {subfield.value}{' '}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
