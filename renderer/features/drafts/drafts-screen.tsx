import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { begunRecord, templateKinds } from '../../../domain/marc/templates.ts'
import type { TemplateKind } from '../../../domain/marc/templates.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { Asked } from '../../app/asked.tsx'
import { useDraftQuery, useDraftsQuery, useTitleCardQuery } from '../../app/desk-api.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { NumbersCame } from '../../app/numbers-came.tsx'
import { OfflineLine } from '../../app/offline-line.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { useToday } from '../../app/use-today.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState, MoreLine } from '../../ui/states.tsx'
import { ToneBanner, ToneMark } from '../../ui/tone.tsx'
import { DraftEditor } from './draft-editor.tsx'
import { useDraftActs } from './use-draft-acts.ts'
import type { DraftActs } from './use-draft-acts.ts'
import './drafts.css'

type Row = AnswerOf<'drafts'>['drafts'][number]

export function DraftsScreen() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const [draftId, setDraftId] = useState<string | null>(search.get('draft'))
  const acts = useDraftActs()
  const today = useToday()
  const { branch } = useSignedIn()
  const [kind, setKind] = useState<TemplateKind>('book')
  const begin = async (about: Pick<PayloadOf<'draft.save'>, 'titleId' | 'base' | 'profile'>) => {
    const made = { today, number: newNumber(today), agency: branch?.libraryId ?? '' }
    const content = about.base ?? begunRecord(kind, made)
    const summary = await acts.save({ ...about, ...content, of: null })
    setSearch({}, { replace: true })
    if (summary !== null) setDraftId(summary.draftId)
  }
  const newOne = () => void begin({ titleId: null, base: null, profile: 'cnmarc' })
  const goToKinds = () => document.querySelector<HTMLElement>('[data-testid=draft-kind]')?.focus()
  useKeys([
    { combo: 'Alt+n', label: t('drafts.begin'), run: newOne },
    { combo: 'Alt+w', label: t('editor.kind'), run: goToKinds },
  ])
  const titleId = search.get('title')
  return (
    <div className="cd-drafts">
      <h1 className="cd-visually-hidden">{t('drafts.title')}</h1>
      <OfflineLine />
      <NumbersCame />
      <div className="cd-drafts-bar">
        <Button onClick={newOne} data-testid="draft-new">
          {t('drafts.begin')} <KeyHint combo="Alt+n" />
        </Button>
        <label className="cd-drafts-kind">
          <span>
            {t('editor.kind')} <KeyHint combo="Alt+w" />
          </span>
          <select
            value={kind}
            onChange={({ target }) => setKind(target.value as TemplateKind)}
            data-testid="draft-kind"
          >
            {templateKinds.map((one) => (
              <option key={one} value={one}>
                {t(`editor.kinds.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {titleId !== null && <BeginOf titleId={titleId} onBegin={(about) => void begin(about)} />}
      </div>
      <div className="cd-drafts-body">
        <Lists chosen={draftId} onChoose={setDraftId} />
        {draftId === null ? (
          <EmptyState title={t('drafts.choose')} hint={t('drafts.chooseHint')} />
        ) : (
          <OpenedDraft key={draftId} draftId={draftId} acts={acts} onOpenDraft={setDraftId} />
        )}
      </div>
      <Verdict acts={acts} />
    </div>
  )
}

/** 001 of a record that is made here: the day, and a number that no other desk makes. */
const newNumber = (today: CalendarDate): string =>
  today.replaceAll('-', '') + crypto.randomUUID().slice(0, 8)

interface BeginOfProps {
  readonly titleId: string
  readonly onBegin: (about: Pick<PayloadOf<'draft.save'>, 'titleId' | 'base' | 'profile'>) => void
}

/** Named by the search: the record that was found becomes a draft. */
function BeginOf({ titleId, onBegin }: BeginOfProps) {
  const { t } = useTranslation()
  const query = useTitleCardQuery({ titleId })
  return (
    <Asked query={query}>
      {(card) => {
        const bib = card?.bib ?? null
        if (card === null || bib === null) return <p className="cd-quiet">{t('search.noMarc')}</p>
        const { id, profile, leader, fields } = bib
        return (
          <Button
            type="primary"
            autoFocus
            onClick={() => onBegin({ titleId: id, profile, base: { leader, fields } })}
            data-testid="draft-begin-of"
          >
            {t('drafts.edit')} · {card.title.title}
          </Button>
        )
      }}
    </Asked>
  )
}

function Verdict({ acts }: { readonly acts: DraftActs }) {
  const { t } = useTranslation()
  const { last } = acts
  if (last === null) return null
  return (
    <div role="status" data-testid="draft-verdict" data-outcome={last.tone}>
      {last.tone === 'done' ? (
        // All day long: a line, so that the fields keep their place.
        <ToneMark tone="done" word={t('drafts.done')} />
      ) : (
        <ToneBanner
          tone={last.tone}
          testId="draft-banner"
          word={t('verdict.failed')}
          detail={last.failure === null ? '' : t(`failure.${last.failure}.next`)}
        />
      )}
      <FindingLines findings={last.findings} />
    </div>
  )
}

interface ListsProps {
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

function Lists({ chosen, onChoose }: ListsProps) {
  const { t } = useTranslation()
  const query = useDraftsQuery({})
  return (
    <div className="cd-drafts-lists">
      <Asked query={query}>
        {({ drafts, total }) => {
          if (drafts.length === 0) {
            return <EmptyState title={t('drafts.none')} hint={t('drafts.noneHint')} />
          }
          const list = (rows: readonly Row[]) => (
            <DraftList rows={rows} chosen={chosen} onChoose={onChoose} />
          )
          return (
            <>
              <Panel title={t('drafts.mine')}>
                {list(drafts.filter(({ state }) => state !== 'submitted'))}
              </Panel>
              <Panel title={t('drafts.queue')} testId="review-queue">
                {list(drafts.filter(({ state }) => state === 'submitted'))}
              </Panel>
              {total > drafts.length && (
                <MoreLine text={t('drafts.more', { total, shown: drafts.length })} />
              )}
            </>
          )
        }}
      </Asked>
    </div>
  )
}

interface DraftListProps extends ListsProps {
  readonly rows: readonly Row[]
}

function DraftList({ rows, chosen, onChoose }: DraftListProps) {
  const { t } = useTranslation()
  if (rows.length === 0) return <p className="cd-quiet">{t('drafts.none')}</p>
  return (
    <ul className="cd-choose-list">
      {rows.map(({ id, title, state, staffName }) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={id === chosen}
            onClick={() => onChoose(id)}
            data-testid="draft-row"
            data-state={state}
          >
            <span>{title === null || title === '' ? t('drafts.untitled') : title}</span>
            <span className="cd-quiet">
              {t(`drafts.state.${state}`)} · {staffName ?? '—'}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

interface OpenedDraftProps {
  readonly draftId: string
  readonly acts: DraftActs
  readonly onOpenDraft: (draftId: string) => void
}

function OpenedDraft({ draftId, acts, onOpenDraft }: OpenedDraftProps) {
  const { t } = useTranslation()
  const query = useDraftQuery({ draftId })
  return (
    <Asked query={query}>
      {(open) =>
        open === null ? (
          <EmptyState title={t('drafts.none')} hint={t('drafts.noneHint')} />
        ) : (
          <DraftEditor open={open} acts={acts} onOpenDraft={onOpenDraft} />
        )
      }
    </Asked>
  )
}
