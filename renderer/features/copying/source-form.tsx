import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { MarcProfile } from '../../../domain/cataloguing-records.ts'
import { CopyAccess, CopyTarget } from '../../../domain/copying-records.ts'
import { areCopyIndexes, isCopyAddress } from '../../../domain/copying/copy-wish.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { bib1Indexes, emptySource } from './source-examples.ts'
import type { SourceDraft } from './source-examples.ts'
import type { SettingUp } from './use-setting-up.ts'

interface SourceFormProps {
  /** Null where it is new. */
  readonly of: CopyTarget | null
  readonly first: SourceDraft
  readonly mayEdit: boolean
  readonly acts: SettingUp
  readonly onDone: () => void
}

const kinds = CopyTarget.shape.kind.options
const encodings = CopyTarget.shape.encoding.options
const versions = CopyTarget.shape.version.options
const told = CopyTarget.omit({ id: true, revision: true })

export function SourceForm({ of, first, mayEdit, acts, onDone }: SourceFormProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(first)
  const set = (parts: Partial<SourceDraft>): void => setDraft({ ...draft, ...parts })
  const wrong = wrongParts(draft)
  const maySave = mayEdit && wrong.size === 0
  const named = of === null ? null : { target: of.id, revision: of.revision }
  const save = async (): Promise<void> => {
    if (maySave && (await acts.act('copying.save-target', { of: named, ...draft }))) onDone()
  }
  const remove = async (): Promise<void> => {
    if (named !== null && (await acts.act('copying.remove-target', named))) onDone()
  }
  useKeys(mayEdit ? [{ combo: 'Control+s', label: t('copying.save'), run: () => void save() }] : [])
  const text = (name: 'name' | 'address' | 'schema', lengthMax: number) => (
    <Labelled name={name} isWrong={wrong.has(name)}>
      <Input
        aria-label={t(`copying.field.${name}`)}
        value={draft[name]}
        maxLength={lengthMax}
        disabled={!mayEdit}
        autoComplete="off"
        spellCheck={false}
        translate="no"
        data-testid={`source-${name}`}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </Labelled>
  )
  return (
    <Panel title={t('copying.source')} testId="source-form" className="cd-scroll">
      {text('name', 100)}
      <Choices draft={draft} set={set} mayEdit={mayEdit} />
      {text('address', 300)}
      {text('schema', 200)}
      <div className="cd-copying-two">
        {CopyAccess.options.map((by) => (
          <Labelled key={by} name={by} isWrong={wrong.has(by)}>
            <Input
              aria-label={t(`copying.field.${by}`)}
              value={draft.indexes[by] ?? ''}
              maxLength={60}
              disabled={!mayEdit}
              translate="no"
              data-testid={`source-index-${by}`}
              onChange={({ target: { value } }) =>
                set({
                  indexes: { ...draft.indexes, [by]: value.trim() === '' ? null : value.trim() },
                })
              }
            />
          </Labelled>
        ))}
      </div>
      {mayEdit && (
        <div className="cd-row-of-buttons">
          <Button
            type="primary"
            disabled={!maySave}
            onClick={() => void save()}
            data-testid="source-save"
          >
            {t('copying.save')} <KeyHint combo="Control+s" />
          </Button>
          {named !== null && (
            <Button danger onClick={() => void remove()} data-testid="source-remove">
              {t('copying.remove')}
            </Button>
          )}
        </div>
      )}
    </Panel>
  )
}

/** Names of the fields that cannot be saved so. */
function wrongParts(draft: SourceDraft): ReadonlySet<string> {
  const parsed = told.safeParse(draft)
  const shapes = parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path.at(-1)))
  const address = isCopyAddress(draft) ? [] : ['address']
  return new Set([...shapes, ...address, ...(areCopyIndexes(draft) ? [] : CopyAccess.options)])
}

interface ChoicesProps {
  readonly draft: SourceDraft
  readonly set: (parts: Partial<SourceDraft>) => void
  readonly mayEdit: boolean
}

function Choices({ draft, set, mayEdit }: ChoicesProps) {
  const { t, i18n } = useTranslation()
  const choice = <V extends string>(
    name: 'kind' | 'version' | 'profile' | 'encoding',
    value: V,
    options: readonly { readonly value: V; readonly label: string }[],
    onChange: (value: V) => void,
  ) => (
    <Labelled name={name} isWrong={false}>
      <Select
        // Its closed list is not drawn again by itself.
        key={i18n.language}
        aria-label={t(`copying.field.${name}`)}
        value={value}
        options={[...options]}
        disabled={!mayEdit}
        virtual={false}
        onChange={onChange}
        data-testid={`source-${name}`}
      />
    </Labelled>
  )
  return (
    <>
      <div className="cd-copying-two">
        {choice(
          'kind',
          draft.kind,
          kinds.map((value) => ({ value, label: t(`copying.kind.${value}`) })),
          (kind) => set({ kind, ...(kind === 'sru' ? sruParts : z3950Parts) }),
        )}
        {choice(
          'profile',
          draft.profile,
          MarcProfile.options.map((value) => ({ value, label: t(`search.profile.${value}`) })),
          (profile) => set({ profile }),
        )}
        {choice(
          'encoding',
          draft.encoding,
          encodings.map((value) => ({ value, label: t(`copying.encoding.${value}`) })),
          (encoding) => set({ encoding }),
        )}
        {draft.kind === 'sru' &&
          choice(
            'version',
            draft.version,
            versions.map((value) => ({ value, label: value })),
            (version) => set({ version }),
          )}
        <Labelled name="timeOut" isWrong={false}>
          <Select
            key={i18n.language}
            aria-label={t('copying.field.timeOut')}
            value={draft.timeOutMs}
            options={[3, 5, 8, 15, 30, 60].map((seconds) => ({
              value: seconds * 1_000,
              label: String(seconds),
            }))}
            disabled={!mayEdit}
            virtual={false}
            onChange={(timeOutMs) => set({ timeOutMs })}
          />
        </Labelled>
      </div>
      {(['isAsked', 'isTrusted'] as const).map((name) => (
        <Checkbox
          key={name}
          checked={draft[name]}
          disabled={!mayEdit}
          onChange={({ target }) => set({ [name]: target.checked })}
          data-testid={`source-${name}`}
        >
          {t(`copying.field.${name}`)}
        </Checkbox>
      ))}
    </>
  )
}

/** What the other kind cannot use is put right at once. */
const sruParts = { indexes: emptySource.indexes, schema: emptySource.schema }
const z3950Parts = { indexes: bib1Indexes, schema: 'unimarc' }

type FieldName =
  | 'name'
  | 'kind'
  | 'address'
  | 'version'
  | 'profile'
  | 'schema'
  | 'encoding'
  | 'timeOut'
  | CopyAccess

interface LabelledProps {
  readonly name: FieldName
  readonly isWrong: boolean
  readonly children: ReactNode
}

function Labelled({ name, isWrong, children }: LabelledProps) {
  const { t } = useTranslation()
  return (
    <label className="cd-copying-field">
      <span>
        {t(`copying.field.${name}`)}
        {isWrong && <b className="cd-tone-stop"> {t('copying.wrong')}</b>}
      </span>
      {children}
    </label>
  )
}
