import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Authority } from '../../../domain/authority-records.ts'
import {
  nameOfAuthority,
  subfieldsToText,
  textOfAuthority,
} from '../../../domain/marc/heading-key.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { typedToFields } from './authority-fields.ts'
import type { Fields, Typed } from './authority-fields.ts'
import type { AuthorityActs } from './use-authority-acts.ts'

interface AuthorityFormProps {
  /** Null where it is new. */
  readonly authority: Authority | null
  readonly opened: Fields
  readonly acts: AuthorityActs
  readonly onSaved: (id: string) => void
  readonly onRemoved: () => void
}

export function AuthorityForm(props: AuthorityFormProps) {
  const { authority, opened, acts, onSaved, onRemoved } = props
  const { t } = useTranslation()
  const { run } = acts
  const [typed, setTyped] = useState<Typed>(() => ({
    heading: subfieldsToText(opened.subfields),
    variants: opened.variants.join('\n'),
    seeAlso: opened.seeAlso.join('\n'),
    note: opened.note ?? '',
  }))
  const of = authority && { authority: authority.id, revision: authority.revision }
  const fields = typedToFields(opened, typed)
  const isWhole = textOfAuthority(fields) !== ''
  const save = async (): Promise<void> => {
    if (!isWhole) return
    const { receipt } = await run('authority.save', { ...fields, of })
    if (receipt?.outcome === 'done') onSaved(receipt.summary.authority)
  }
  const removeIt = async (): Promise<void> => {
    if (of === null) return
    const { receipt } = await run('authority.remove', of)
    if (receipt?.outcome === 'done') onRemoved()
  }
  useKeys([
    { combo: 'Control+s', label: t('authorities.save'), run: () => void save() },
    ...(of === null
      ? []
      : [{ combo: 'Alt+d', label: t('authorities.remove'), run: () => void removeIt() }]),
  ])
  const title = authority === null ? t('authorities.begin') : textOfAuthority(authority)
  return (
    <Panel title={title} testId="authority-form" className="cd-scroll">
      <TypedFields kind={opened.kind} typed={typed} onChange={setTyped} />
      <div className="cd-row-of-buttons">
        <Button
          type="primary"
          disabled={!isWhole}
          onClick={() => void save()}
          data-testid="authority-save"
        >
          {t('authorities.save')} <KeyHint combo="Control+s" />
        </Button>
        {authority !== null && (
          <>
            <Button onClick={() => void removeIt()} data-testid="authority-remove">
              {t('authorities.remove')} <KeyHint combo="Alt+d" />
            </Button>
            <Link to={`/search?text=${encodeURIComponent(nameOfAuthority(authority))}`}>
              {t('authorities.toTitles')}
            </Link>
          </>
        )}
      </div>
    </Panel>
  )
}

interface TypedFieldsProps {
  readonly kind: Fields['kind']
  readonly typed: Typed
  readonly onChange: (typed: Typed) => void
}

function TypedFields({ kind, typed, onChange }: TypedFieldsProps) {
  const { t } = useTranslation()
  const change = (name: keyof Typed) => (value: string) => onChange({ ...typed, [name]: value })
  const area = (name: 'variants' | 'seeAlso', rows: number) => (
    <label>
      <span>{t(`authorities.${name}`)}</span>
      <Input.TextArea
        value={typed[name]}
        rows={rows}
        maxLength={6000}
        data-testid={`authority-${name}`}
        onChange={({ target }) => change(name)(target.value)}
      />
    </label>
  )
  return (
    <div className="cd-authority-fields" translate="no">
      <label>
        <span>
          {t('authorities.heading')} · {t(`authorities.kinds.${kind}`)}
        </span>
        <Input
          autoFocus
          value={typed.heading}
          maxLength={400}
          aria-describedby="authority-heading-hint"
          data-testid="authority-heading"
          onChange={({ target }) => change('heading')(target.value)}
        />
        <span id="authority-heading-hint" className="cd-quiet">
          {t('authorities.headingHint')}
        </span>
      </label>
      {area('variants', 5)}
      {area('seeAlso', 3)}
      <label>
        <span>{t('authorities.note')}</span>
        <Input
          value={typed.note}
          maxLength={500}
          data-testid="authority-note"
          onChange={({ target }) => change('note')(target.value)}
        />
      </label>
    </div>
  )
}
