import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { useBatchRowsQuery } from '../../app/quality-api.ts'
import { fieldText } from '../../app/field-text.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'

type Row = AnswerOf<'batch-rows'>[number]
const PAGE = 50

interface PreviewTableProps {
  readonly batchId: string
  readonly total: number
  readonly excluded: ReadonlySet<string>
  readonly onExclude: (id: string, isExcluded: boolean) => void
}

/** What each record says before and after; what should stay as it is, is left out by hand. */
export function PreviewTable({ batchId, total, excluded, onExclude }: PreviewTableProps) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(0)
  const query = useBatchRowsQuery({ batchId, from, limit: PAGE })
  const to = Math.min(total, from + PAGE)
  const next = () => setFrom(Math.min(from + PAGE, Math.floor((total - 1) / PAGE) * PAGE))
  const previous = () => setFrom(Math.max(0, from - PAGE))
  useKeys([
    { combo: 'PageDown', label: t('batch.next'), run: next },
    { combo: 'PageUp', label: t('batch.previous'), run: previous },
  ])
  return (
    <>
      <Asked query={query}>
        {(rows) => (
          <div className="cd-scroll-x">
            <table className="cd-table" data-testid="batch-preview">
              <caption className="cd-visually-hidden">{t('batch.preview')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('batch.include')}</th>
                  <th scope="col">{t('batch.record')}</th>
                  <th scope="col">{t('batch.before')}</th>
                  <th scope="col">{t('batch.after')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <PreviewRow
                    key={row.id}
                    row={row}
                    isExcluded={excluded.has(row.id)}
                    onExclude={onExclude}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Asked>
      <div className="cd-batch-bar">
        <Button onClick={previous} disabled={from === 0}>
          {t('batch.previous')} <KeyHint combo="PageUp" />
        </Button>
        <span>{t('batch.page', { from: from + 1, to, total })}</span>
        <Button onClick={next} disabled={to >= total} data-testid="batch-next">
          {t('batch.next')} <KeyHint combo="PageDown" />
        </Button>
      </div>
    </>
  )
}

interface PreviewRowProps {
  readonly row: Row
  readonly isExcluded: boolean
  readonly onExclude: (id: string, isExcluded: boolean) => void
}

function PreviewRow({ row, isExcluded, onExclude }: PreviewRowProps) {
  const { t } = useTranslation()
  const { id, title, controlNumber, tags } = row
  return (
    <tr data-testid="batch-row" data-excluded={isExcluded}>
      <td>
        <Checkbox
          checked={!isExcluded}
          onChange={({ target }) => onExclude(id, !target.checked)}
          aria-label={`${t('batch.include')} ${title}`}
        />
      </td>
      <td>
        {title}
        <div className="cd-quiet" translate="no">
          {controlNumber}
        </div>
      </td>
      <Fields tags={tags} side="before" />
      <Fields tags={tags} side="after" />
    </tr>
  )
}

function Fields({ tags, side }: { readonly tags: Row['tags']; readonly side: 'before' | 'after' }) {
  return (
    <td translate="no" className="cd-batch-lines">
      {tags.flatMap((changed) =>
        changed[side].map((field, index) => (
          <div key={`${changed.tag} ${index}`}>
            {changed.tag} {fieldText(field)}
          </div>
        )),
      )}
    </td>
  )
}
