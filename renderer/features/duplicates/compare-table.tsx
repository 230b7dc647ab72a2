import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import type { TagChoice } from '../../../domain/marc/join-records.ts'
import { tagLines } from '../../app/field-text.ts'

export type TakenByTag = ReadonlyMap<string, TagChoice['take']>

interface CompareTableProps {
  readonly tags: readonly string[]
  readonly kept: BibContent
  readonly other: BibContent
  readonly taken: TakenByTag
  readonly onTake: (tag: string, take: TagChoice['take'] | null) => void
}

/** Where the two differ: of each tag one side is taken, or both. */
export function CompareTable({ tags, kept, other, taken, onTake }: CompareTableProps) {
  const { t } = useTranslation()
  if (tags.length === 0) return <p className="cd-quiet">{t('duplicates.same')}</p>
  return (
    <div className="cd-scroll-x">
      <table className="cd-table" data-testid="compare-table">
        <caption className="cd-visually-hidden">{t('duplicates.compare')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('duplicates.tag')}</th>
            <th scope="col">{t('duplicates.mine')}</th>
            <th scope="col">{t('duplicates.theirs')}</th>
            <th scope="col">{t('duplicates.take')}</th>
          </tr>
        </thead>
        <tbody>
          {tags.map((tag) => (
            <tr key={tag} data-testid="compare-row" data-tag={tag}>
              <th scope="row" translate="no">
                {tag}
              </th>
              <Lines lines={tagLines(kept, tag)} />
              <Lines lines={tagLines(other, tag)} />
              <td>
                <Radio.Group
                  size="small"
                  aria-label={`${t('duplicates.take')} ${tag}`}
                  value={taken.get(tag) ?? 'mine'}
                  onChange={({ target }) =>
                    onTake(tag, target.value === 'mine' ? null : (target.value as 'other' | 'both'))
                  }
                >
                  <Radio value="mine">{t('duplicates.mine')}</Radio>
                  <Radio value="other">{t('duplicates.theirs')}</Radio>
                  {tag !== 'LDR' && <Radio value="both">{t('duplicates.both')}</Radio>}
                </Radio.Group>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <td translate="no" className="cd-duplicates-lines">
      {lines.length === 0 ? '—' : lines.map((line, index) => <div key={index}>{line}</div>)}
    </td>
  )
}
