import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { readerHoldings } from '../../../domain/search/reader-holdings.ts'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { placeName } from '../../app/going-words.ts'
import { useKeys } from '../../app/keys.tsx'
import { ReaderRecord } from '../../app/reader-record.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import './reader-preview.css'

type Card = NonNullable<AnswerOf<'title-card'>>

/** The title as it stands before readers, opened where it is wanted. */
export function ReaderPreview({ card }: { readonly card: Card }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const toggle = (): void => setIsOpen(!isOpen)
  useKeys([{ combo: 'Alt+v', label: t('titles.preview'), run: toggle }])
  return (
    <>
      <Button onClick={toggle} aria-expanded={isOpen} data-testid="reader-preview-open">
        {t('titles.preview')} <KeyHint combo="Alt+v" />
      </Button>
      {isOpen && (
        <section
          className="cd-reader-preview"
          aria-label={t('titles.preview')}
          data-testid="reader-preview"
        >
          {card.suppression === null ? (
            <>
              <Record card={card} />
              <Holdings items={card.items} />
            </>
          ) : (
            <p data-testid="reader-sees-nothing">{t('titles.seesNothing')}</p>
          )}
        </section>
      )}
    </>
  )
}

/** A title of the counter has no record: readers see the few words that there are. */
const Record = ({ card: { title, bib } }: { readonly card: Card }) =>
  bib === null ? <p className="cd-reader-title">{title.title}</p> : <ReaderRecord bib={bib} />

function Holdings({ items }: Pick<Card, 'items'>) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const holdings = readerHoldings(items)
  if (holdings.length === 0) return <p className="cd-quiet">{t('titles.noCopies')}</p>
  const nameOf = (libraryId: string): string => {
    const library = places?.libraries.find(({ id }) => id === libraryId)
    return (i18n.language === 'zh-CN' ? library?.nameZh : library?.nameEn) ?? '—'
  }
  return (
    <table className="cd-table" data-testid="reader-holdings">
      <thead>
        <tr>
          <th scope="col">{t('titles.library')}</th>
          <th scope="col">{t('item.home')}</th>
          <th scope="col">{t('item.callNumber')}</th>
          <th scope="col">{t('titles.copies')}</th>
        </tr>
      </thead>
      <tbody>
        {holdings.map(({ libraryId, branch, callNumbers, availableCount, itemsCount }) => (
          <tr key={`${libraryId} ${branch?.id ?? ''}`}>
            <td>{nameOf(libraryId)}</td>
            <td>{branch === null ? '—' : placeName(t, i18n.language, branch)}</td>
            <td className="cd-number">{callNumbers.join('、') || '—'}</td>
            <td>{t('search.available', { available: availableCount, total: itemsCount })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
