import { BookOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Asked } from '../../app/asked.tsx'
import { useTitleCardQuery } from '../../app/desk-api.ts'
import { NumbersCame } from '../../app/numbers-came.tsx'
import { useMay, useSignedIn } from '../../app/session.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { AddItemsForm } from './add-items-form.tsx'
import './add-items.css'

/** A batch of labels for a title that is catalogued: by scans, by a count, or from label to label. */
export function AddItemsScreen() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { branch } = useSignedIn()
  const may = useMay('edit-catalogue')
  const titleId = search.get('title')
  const query = useTitleCardQuery({ titleId: titleId ?? '' }, { skip: titleId === null || !may })
  if (!may) return <EmptyState title={t('addItems.mayNot')} hint="" icon={<BookOutlined />} />
  const noTitle = (
    <EmptyState
      title={t('addItems.noTitle')}
      hint={t('addItems.noTitleHint')}
      icon={<BookOutlined />}
    />
  )
  return (
    <div className="cd-add-items">
      <h1 className="cd-visually-hidden">{t('addItems.title')}</h1>
      <NumbersCame />
      {titleId === null ? (
        noTitle
      ) : (
        <Asked query={query}>
          {(card) =>
            card === null || branch === null ? (
              noTitle
            ) : (
              <AddItemsForm key={titleId} card={card} ownBranchId={branch.id} />
            )
          }
        </Asked>
      )}
    </div>
  )
}
