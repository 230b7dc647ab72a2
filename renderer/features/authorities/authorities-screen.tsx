import { ApartmentOutlined } from '@ant-design/icons'
import { Button, Input, Radio } from 'antd'
import type { InputRef } from 'antd'
import { useDeferredValue, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { AuthorityKind } from '../../../domain/authority-records.ts'
import type { Authority } from '../../../domain/authority-records.ts'
import { TAG_OF_KIND, textOfAuthority } from '../../../domain/marc/heading-key.ts'
import { Asked } from '../../app/asked.tsx'
import { useAuthoritiesQuery } from '../../app/authority-api.ts'
import { useHeadingsQuery } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { AuthorityForm } from './authority-form.tsx'
import { AuthorityVerdict } from './authority-verdict.tsx'
import { useAuthorityActs } from './use-authority-acts.ts'
import type { AuthorityActs } from './use-authority-acts.ts'
import { newFields } from './authority-fields.ts'
import type { Fields } from './authority-fields.ts'
import './authorities.css'

type Heading = AnswerOf<'headings'>['headings'][number]

/** What is open: a heading of the city, a new one with what is known of it, or nothing yet. */
type Open =
  | { readonly is: 'none' }
  | { readonly is: 'new'; readonly fields: Fields; readonly of: string }
  | { readonly is: 'known'; readonly id: string }

const ROWS_MAX = 200

/** How people, bodies, subjects and places are written in this city, and what leads to them. */
export function AuthoritiesScreen() {
  const { t } = useTranslation()
  const [kind, setKind] = useState<AuthorityKind>('person')
  const [text, setText] = useState('')
  const [open, setOpen] = useState<Open>({ is: 'none' })
  const field = useRef<InputRef>(null)
  const acts = useAuthorityActs()
  const sought = useDeferredValue(text.trim())
  const query = useAuthoritiesQuery({ text: sought, kind, limit: ROWS_MAX })
  const begin = (fields: Fields, of: string): void => setOpen({ is: 'new', fields, of })
  const beginEmpty = (): void => begin(newFields(kind), '')
  useKeys([
    { combo: 'Alt+n', label: t('authorities.begin'), run: beginEmpty },
    { combo: 'Escape', label: t('authorities.find'), run: () => field.current?.focus() },
  ])
  return (
    <div className="cd-authorities">
      <h1 className="cd-visually-hidden">{t('authorities.title')}</h1>
      <OfflineLine />
      <FindBar
        field={field}
        text={text}
        kind={kind}
        onText={setText}
        onKind={setKind}
        onBegin={beginEmpty}
      />
      <Asked query={query}>
        {({ rows, total }) => (
          <div className="cd-authorities-body">
            <div className="cd-authorities-lists">
              <Kept
                rows={rows}
                total={total}
                isSought={sought !== ''}
                chosen={open.is === 'known' ? open.id : null}
                onChoose={(id) => setOpen({ is: 'known', id })}
              />
              {sought !== '' && (
                <InUse
                  kind={kind}
                  text={sought}
                  onMake={(heading) => begin({ ...newFields(kind), ...heading }, heading.text)}
                />
              )}
            </div>
            <Opened open={open} rows={rows} acts={acts} onOpen={setOpen} />
          </div>
        )}
      </Asked>
      <AuthorityVerdict last={acts.last} />
    </div>
  )
}

interface FindBarProps {
  readonly field: RefObject<InputRef | null>
  readonly text: string
  readonly kind: AuthorityKind
  readonly onText: (text: string) => void
  readonly onKind: (kind: AuthorityKind) => void
  readonly onBegin: () => void
}

function FindBar({ field, text, kind, onText, onKind, onBegin }: FindBarProps) {
  const { t } = useTranslation()
  return (
    <div className="cd-authorities-bar">
      <Input
        ref={field}
        autoFocus
        value={text}
        maxLength={200}
        placeholder={t('authorities.find')}
        aria-label={t('authorities.find')}
        data-testid="authority-find"
        onChange={({ target }) => onText(target.value)}
      />
      <Radio.Group
        aria-label={t('authorities.kind')}
        name="authority-kind"
        optionType="button"
        value={kind}
        onChange={(event) => onKind(event.target.value as AuthorityKind)}
        options={AuthorityKind.options.map((value) => ({
          value,
          label: t(`authorities.kinds.${value}`),
        }))}
      />
      <Button onClick={onBegin} data-testid="authority-new">
        {t('authorities.begin')} <KeyHint combo="Alt+n" />
      </Button>
    </div>
  )
}

interface KeptProps {
  readonly rows: readonly Authority[]
  readonly total: number
  readonly isSought: boolean
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** Those of the city, with what leads to them. */
function Kept({ rows, total, isSought, chosen, onChoose }: KeptProps) {
  const { t } = useTranslation()
  return (
    <Panel
      title={t('authorities.kept', { count: total })}
      testId="authorities"
      className="cd-scroll"
    >
      {rows.length === 0 && (
        <p className="cd-quiet" data-testid="authorities-none">
          {t(isSought ? 'authorities.noneFound' : 'authorities.none')}
        </p>
      )}
      <ul className="cd-authorities-list">
        {rows.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              aria-pressed={one.id === chosen}
              onClick={() => onChoose(one.id)}
              data-testid="authority-row"
            >
              <strong translate="no">{textOfAuthority(one)}</strong>
              <span className="cd-quiet" translate="no">
                {one.variants.map((variant) => `← ${variant}`).join(' ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {total > rows.length && <MoreLine text={t('state.tooMany', { shown: rows.length, total })} />}
    </Panel>
  )
}

interface InUseProps {
  readonly kind: AuthorityKind
  readonly text: string
  readonly onMake: (heading: Pick<Heading, 'text' | 'indicators' | 'subfields'>) => void
}

/** As records write it, commonest first: what is no heading of the city yet may become one. */
function InUse({ kind, text, onMake }: InUseProps) {
  const { t } = useTranslation()
  const query = useHeadingsQuery({ tag: TAG_OF_KIND[kind], text })
  return (
    <Panel title={t('authorities.inUse')} testId="headings-in-use" className="cd-scroll">
      <Asked query={query}>
        {({ headings, recordsCount, isWhole }) => {
          const used = headings.filter(({ count }) => count > 0)
          return (
            <>
              {used.length === 0 && <p className="cd-quiet">{t('authorities.noneInUse')}</p>}
              <ul className="cd-authorities-list">
                {used.map((heading) => (
                  <li key={heading.text} className="cd-heading-in-use" data-testid="heading-in-use">
                    <span translate="no">{heading.text}</span>
                    <span className="cd-quiet">
                      {t('authorities.records', { count: heading.count })}
                    </span>
                    {heading.authorityId === null ? (
                      <Button
                        size="small"
                        onClick={() => onMake(heading)}
                        data-testid="heading-make"
                      >
                        {t('authorities.make')}
                      </Button>
                    ) : (
                      <span className="cd-tone-done">{t('authorities.isKept')}</span>
                    )}
                  </li>
                ))}
              </ul>
              {!isWhole && (
                <p className="cd-quiet">{t('editor.countedOf', { count: recordsCount })}</p>
              )}
            </>
          )
        }}
      </Asked>
    </Panel>
  )
}

interface OpenedProps {
  readonly open: Open
  readonly rows: readonly Authority[]
  readonly acts: AuthorityActs
  readonly onOpen: (open: Open) => void
}

function Opened({ open, rows, acts, onOpen }: OpenedProps) {
  const { t } = useTranslation()
  const known = open.is === 'known' ? (rows.find(({ id }) => id === open.id) ?? null) : null
  if (open.is === 'none' || (open.is === 'known' && known === null)) {
    return (
      <EmptyState
        title={t('authorities.choose')}
        hint={t('authorities.chooseHint')}
        icon={<ApartmentOutlined />}
        testId="authority-none"
      />
    )
  }
  return (
    <AuthorityForm
      // Saved at another desk: the form begins with that.
      key={
        known === null ? `new ${open.is === 'new' ? open.of : ''}` : `${known.id} ${known.revision}`
      }
      authority={known}
      opened={known ?? (open.is === 'new' ? open.fields : newFields('person'))}
      acts={acts}
      onSaved={(id) => onOpen({ is: 'known', id })}
      onRemoved={() => onOpen({ is: 'none' })}
    />
  )
}
