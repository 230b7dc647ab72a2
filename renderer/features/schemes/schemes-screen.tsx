import { NumberOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NumberScheme } from '../../../domain/shelf-records.ts'
import { Asked } from '../../app/asked.tsx'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useMay } from '../../app/session.tsx'
import { useNumberSchemesQuery } from '../../app/shelf-api.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { SchemeForm } from './scheme-form.tsx'
import './schemes.css'

/** What is open: a scheme of the city, a new one, or nothing yet. */
type Open = { readonly is: 'none' } | { readonly is: 'new' } | { readonly is: 'known'; id: string }

/** Which places share their book numbers. Everybody who catalogues may look. */
export function SchemesScreen() {
  const { t } = useTranslation()
  const may = useMay('review-records')
  const query = useNumberSchemesQuery({})
  const [open, setOpen] = useState<Open>({ is: 'none' })
  const begin = (): void => {
    if (may) setOpen({ is: 'new' })
  }
  useKeys(may ? [{ combo: 'Alt+n', label: t('schemes.begin'), run: begin }] : [])
  return (
    <div className="cd-schemes">
      <h1 className="cd-visually-hidden">{t('schemes.title')}</h1>
      <OfflineLine />
      <Asked query={query}>
        {({ schemes }) => (
          <div className="cd-schemes-body">
            <div>
              {may ? (
                <Button onClick={begin} data-testid="scheme-new">
                  {t('schemes.begin')} <KeyHint combo="Alt+n" />
                </Button>
              ) : (
                <p className="cd-quiet">{t('schemes.mayNot')}</p>
              )}
              <SchemeList
                schemes={schemes}
                chosen={open.is === 'known' ? open.id : null}
                onChoose={(id) => setOpen({ is: 'known', id })}
              />
            </div>
            <Opened
              open={open}
              schemes={schemes}
              mayEdit={may}
              onSaved={(id) => setOpen({ is: 'known', id })}
            />
          </div>
        )}
      </Asked>
    </div>
  )
}

interface SchemeListProps {
  readonly schemes: readonly NumberScheme[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

function SchemeList({ schemes, chosen, onChoose }: SchemeListProps) {
  const { t, i18n } = useTranslation()
  return (
    <ul className="cd-schemes-list" aria-label={t('schemes.title')}>
      {schemes.map(({ id, nameZh, nameEn, places, numbersBy }) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={id === chosen}
            onClick={() => onChoose(id)}
            data-testid="scheme-row"
          >
            <strong>{i18n.language === 'zh-CN' ? nameZh : nameEn}</strong>
            <span className="cd-quiet">
              {t(`schemes.by.${numbersBy}`)} · {t('schemes.count', { count: places.length })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

interface OpenedProps {
  readonly open: Open
  readonly schemes: readonly NumberScheme[]
  readonly mayEdit: boolean
  readonly onSaved: (id: string) => void
}

function Opened({ open, schemes, mayEdit, onSaved }: OpenedProps) {
  const { t } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const scheme = open.is === 'known' ? schemes.find(({ id }) => id === open.id) : undefined
  if (open.is === 'none' || (open.is === 'known' && scheme === undefined)) {
    const isEmpty = schemes.length === 0
    return (
      <EmptyState
        title={t(isEmpty ? 'schemes.none' : 'schemes.choose')}
        hint={t(isEmpty ? 'schemes.noneHint' : 'schemes.chooseHint')}
        icon={<NumberOutlined />}
      />
    )
  }
  return (
    <SchemeForm
      // Saved at another desk: the form begins with that.
      key={JSON.stringify(scheme ?? null)}
      scheme={scheme ?? null}
      branches={(places?.branches ?? []).filter(({ kind }) => kind === 'library')}
      mayEdit={mayEdit}
      onSaved={onSaved}
    />
  )
}
