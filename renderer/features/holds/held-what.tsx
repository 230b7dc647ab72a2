import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'

type HeldRow = AnswerOf<'pull-list'>['rows'][number]

/** Title and label of an item: the first two cells of a row. */
export function HeldWhat({ row }: { readonly row: HeldRow }) {
  const { t } = useTranslation()
  const { title, item } = row
  return (
    <>
      <td>
        {title === null ? (
          t('lend.unknownTitle')
        ) : (
          <Link to={`/search?title=${encodeURIComponent(title.id)}`}>{title.title}</Link>
        )}
      </td>
      <td className="cd-number">
        {item === null ? (
          '—'
        ) : (
          <Link to={`/item?id=${encodeURIComponent(item.id)}`}>{item.barcode}</Link>
        )}
      </td>
    </>
  )
}

/** Whom it is for, masked. */
export function HeldFor({ row: { hold, reader } }: { readonly row: HeldRow }) {
  const { t } = useTranslation()
  if (hold === null) return <td>—</td>
  return (
    <td>
      {reader === null
        ? t('holds.elsewhere')
        : t('holds.slipReader', { reader: reader.name, card: reader.cardTail })}
    </td>
  )
}
