import { Button, Input, Segmented, Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskOf } from '../../../contract/queries.ts'
import { TitleKind } from '../../../domain/records.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { BatchWish, FixKind, SelectionKind } from './batch-wish.ts'

const selections: readonly SelectionKind[] = ['search', 'rule', 'numbers']
const fixes: readonly FixKind[] = ['replace', 'set', 'delete', 'rule']
/** Rules that look at one record alone. */
const rules = [
  'M01',
  'M02',
  'M03',
  'M04',
  'M05',
  'M06',
  'M07',
  'M08',
  'M09',
  'M10',
  'M11',
  'M12',
  'M13',
  'M14',
  'M15',
  'M16',
  'M17',
  'M19',
  'M20',
  'M21',
] as const

interface WishFormProps {
  readonly wish: BatchWish
  readonly onChange: (wish: BatchWish) => void
  /** Null while something is missing. */
  readonly onLook: (() => void) | null
}

export function WishForm({ wish, onChange, onLook }: WishFormProps) {
  const { t } = useTranslation()
  const set = (parts: Partial<BatchWish>) => onChange({ ...wish, ...parts })
  return (
    <form
      className="cd-batch-form"
      onSubmit={(event) => {
        event.preventDefault()
        onLook?.()
      }}
    >
      <Panel title={t('batch.choose')}>
        <Segmented
          aria-label={t('batch.choose')}
          value={wish.by}
          options={selections.map((value) => ({ value, label: t(`batch.by.${value}`) }))}
          onChange={(by) => set({ by })}
        />
        <Selection wish={wish} set={set} />
      </Panel>
      <Panel title={t('batch.fix')}>
        <Segmented
          aria-label={t('batch.fix')}
          value={wish.does}
          options={fixes.map((value) => ({ value, label: t(`batch.does.${value}`) }))}
          onChange={(does) => set({ does })}
        />
        <FixFields wish={wish} set={set} />
        <p className="cd-quiet">{t('batch.lookHint')}</p>
        <Button
          type="primary"
          htmlType="submit"
          disabled={onLook === null}
          data-testid="batch-look"
        >
          {t('batch.look')} <KeyHint combo="Alt+l" />
        </Button>
      </Panel>
    </form>
  )
}

interface FieldsProps {
  readonly wish: BatchWish
  readonly set: (parts: Partial<BatchWish>) => void
}

function Selection({ wish, set }: FieldsProps) {
  const { t } = useTranslation()
  const ids = useId()
  return (
    <>
      {wish.by === 'search' && (
        <Input
          aria-label={t('batch.by.search')}
          placeholder={t('batch.searchHint')}
          value={wish.text}
          onChange={({ target }) => set({ text: target.value })}
          data-testid="batch-text"
        />
      )}
      {wish.by === 'numbers' && (
        <Input.TextArea
          aria-label={t('batch.by.numbers')}
          placeholder={t('batch.numbersHint')}
          value={wish.numbers}
          onChange={({ target }) => set({ numbers: target.value })}
          rows={4}
          data-testid="batch-numbers"
        />
      )}
      {wish.by === 'rule' && <RuleChoice wish={wish} set={set} />}
      <label htmlFor={`${ids}k`}>{t('batch.kind')}</label>
      <Select<NonNullable<AskOf<'batch-look'>['kind']> | ''>
        id={`${ids}k`}
        value={wish.kind ?? ''}
        virtual={false}
        options={[
          { value: '', label: t('batch.anyKind') },
          ...TitleKind.options.map((value) => ({ value, label: t(`browse.kind.${value}`) })),
        ]}
        onChange={(kind) => set({ kind: kind === '' ? null : kind })}
      />
    </>
  )
}

function RuleChoice({ wish, set }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <Select
      aria-label={t('batch.rule')}
      value={wish.rule}
      virtual={false}
      options={rules.map((value) => ({
        value,
        label: (
          <>
            <span translate="no">{value}</span> {t(`lintRule.${value}`)}
          </>
        ),
      }))}
      onChange={(rule) => set({ rule })}
      data-testid="batch-rule"
    />
  )
}

function FixFields({ wish, set }: FieldsProps) {
  const { t } = useTranslation()
  const { does } = wish
  if (does === 'rule') return <RuleChoice wish={wish} set={set} />
  return (
    <div className="cd-batch-fields">
      <Input
        aria-label={t('batch.tag')}
        placeholder={t('batch.tag')}
        value={wish.tag}
        maxLength={3}
        onChange={({ target }) => set({ tag: target.value.trim() })}
        data-testid="batch-tag"
      />
      <Input
        aria-label={t('batch.code')}
        placeholder={t('batch.code')}
        value={wish.code}
        maxLength={1}
        onChange={({ target }) => set({ code: target.value.trim() })}
        data-testid="batch-code"
      />
      {does === 'replace' && (
        <Input
          aria-label={t('batch.find')}
          placeholder={t('batch.find')}
          value={wish.find}
          onChange={({ target }) => set({ find: target.value })}
          data-testid="batch-find"
        />
      )}
      {does !== 'delete' && (
        <Input
          aria-label={t('batch.value')}
          placeholder={t('batch.value')}
          value={wish.value}
          onChange={({ target }) => set({ value: target.value })}
          data-testid="batch-value"
        />
      )}
    </div>
  )
}
