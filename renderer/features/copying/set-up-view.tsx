import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CopyTarget } from '../../../domain/copying-records.ts'
import { Asked } from '../../app/asked.tsx'
import { useCopyTargetsQuery, useFieldProtectionQuery } from '../../app/desk-api.ts'
import { useMay } from '../../app/session.tsx'
import { FindingLines } from '../../app/finding-lines.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import { ProtectionForm } from './protection-form.tsx'
import { emptySource, sourceExamples } from './source-examples.ts'
import type { SourceDraft } from './source-examples.ts'
import { SourceForm } from './source-form.tsx'
import { useSettingUp } from './use-setting-up.ts'
import type { SettingUp } from './use-setting-up.ts'

type ProtectionProfile = 'cnmarc' | 'unimarc' | 'marc21'

interface Editing {
  readonly of: CopyTarget | null
  readonly draft: SourceDraft
}

/** Where records come from, and what of ours they leave alone. Read by all, changed by who reviews. */
export function SetUpView({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation()
  const may = useMay('review-records')
  const targets = useCopyTargetsQuery({})
  const protection = useFieldProtectionQuery({})
  const [editing, setEditing] = useState<Editing | null>(null)
  const [profile, setProfile] = useState<ProtectionProfile>('cnmarc')
  const acts = useSettingUp()
  return (
    <>
      <div className="cd-copying-bar">
        <Button onClick={onBack} data-testid="copy-back">
          {t('copying.back')} <KeyHint combo="Alt+o" />
        </Button>
        <span className="cd-quiet">{t('copying.sourcesHint')}</span>
      </div>
      <div className="cd-copying-set-up">
        <Panel title={t('copying.sources')} testId="copy-sources" className="cd-scroll">
          <Asked query={targets}>
            {(all) => (
              <SourceList
                targets={all}
                chosenId={editing?.of?.id ?? null}
                onChoose={(of) => setEditing({ of, draft: draftOf(of) })}
              />
            )}
          </Asked>
          {may && <Beginnings onBegin={(draft) => setEditing({ of: null, draft })} />}
        </Panel>
        {editing !== null && (
          <SourceForm
            key={`${editing.of?.id ?? ''} ${editing.of?.revision ?? 0} ${editing.draft.address}`}
            of={editing.of}
            first={editing.draft}
            mayEdit={may}
            acts={acts}
            onDone={() => setEditing(null)}
          />
        )}
        <Asked query={protection}>
          {(all) => {
            const kept = all.find(({ id }) => id === profile)
            return (
              kept !== undefined && (
                <ProtectionForm
                  key={`${kept.id} ${kept.revision}`}
                  kept={kept}
                  onProfile={setProfile}
                  mayEdit={may}
                  acts={acts}
                />
              )
            )
          }}
        </Asked>
      </div>
      <Told acts={acts} />
    </>
  )
}

function draftOf({ id: _id, revision: _revision, ...told }: CopyTarget): SourceDraft {
  return told
}

interface SourceListProps {
  readonly targets: readonly CopyTarget[]
  readonly chosenId: string | null
  readonly onChoose: (target: CopyTarget) => void
}

function SourceList({ targets, chosenId, onChoose }: SourceListProps) {
  const { t } = useTranslation()
  if (targets.length === 0) return <p className="cd-quiet">{t('copying.noTargets')}</p>
  return (
    <ul className="cd-copying-list">
      {targets.map((target) => (
        <li key={target.id}>
          <button
            type="button"
            aria-pressed={target.id === chosenId}
            onClick={() => onChoose(target)}
            data-testid="copy-source"
          >
            <strong translate="no">{target.name}</strong>
            <span className="cd-quiet" translate="no">
              {target.address}
            </span>
            <span className="cd-quiet">
              {t(`copying.kind.${target.kind}`)}
              {target.isTrusted && ` · ${t('copying.trusted')}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const exampleNames = Object.keys(sourceExamples) as (keyof typeof sourceExamples)[]

function Beginnings({ onBegin }: { readonly onBegin: (draft: SourceDraft) => void }) {
  const { t } = useTranslation()
  return (
    <div className="cd-copying-beginnings">
      <Button onClick={() => onBegin(emptySource)} data-testid="copy-new-source">
        {t('copying.newSource')}
      </Button>
      {exampleNames.map((name) => (
        <Button key={name} size="small" onClick={() => onBegin(sourceExamples[name])}>
          {t('copying.example', { name: t(`copying.examples.${name}`) })}
        </Button>
      ))}
    </div>
  )
}

function Told({ acts: { last } }: { readonly acts: SettingUp }) {
  const { t } = useTranslation()
  if (last === null) return null
  const isDone = last.tone === 'done'
  return (
    <div data-testid="copy-set-up-verdict" data-outcome={last.tone}>
      <ToneBanner
        tone={last.tone}
        testId="verdict"
        word={t(isDone ? 'copying.saved' : 'verdict.stop')}
        detail={last.failure === null ? '' : t(`failure.${last.failure}.next`)}
      />
      <FindingLines findings={last.findings} />
    </div>
  )
}
