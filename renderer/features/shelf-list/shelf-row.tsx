import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { ToneMark } from '../../ui/tone.tsx'

export type ListedItem = AnswerOf<'shelf-list'>['rows'][number]

interface ShelfRowProps {
  readonly row: ListedItem
  /** Its place in the list, from 1. */
  readonly number: number
}

export function ShelfRow({ row: { item, title }, number }: ShelfRowProps) {
  const { t } = useTranslation()
  const author = title?.author ?? null
  const isThere = item.state === 'on-shelf'
  return (
    <div className="cd-shelf-row" data-testid="shelf-row">
      <span className="cd-quiet cd-number">{number}</span>
      <strong className="cd-number">{item.callNumber}</strong>
      <span>
        {title?.title ?? t('lend.unknownTitle')}
        {author !== null && <span className="cd-quiet"> · {author}</span>}
      </span>
      <span className="cd-number">{item.barcode}</span>
      <span className="cd-quiet">{item.shelf ?? ''}</span>
      {isThere ? (
        <span className="cd-quiet">{t('item.state.on-shelf')}</span>
      ) : (
        <ToneMark tone="noted" word={t(`item.state.${item.state}`)} />
      )}
    </div>
  )
}
