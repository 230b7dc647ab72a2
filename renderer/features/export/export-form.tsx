import { Button, Input, Select } from 'antd'
import { useId } from 'react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportChoices, ExportSelection } from '../../../contract/export-shapes.ts'
import { EXPORT_NUMBERS_MAX } from '../../../contract/export-shapes.ts'
import { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { KeyHint } from '../../ui/key-hint.tsx'

export interface Chosen extends ExportChoices {
  readonly of: ExportSelection['of']
  readonly text: string
  readonly numbers: string
  readonly sinceOn: string
}

export const firstChosen: Chosen = {
  of: 'all',
  text: '',
  numbers: '',
  sinceOn: '',
  format: 'iso2709',
  encoding: 'utf-8',
  profile: 'as-held',
}

const numbersOf = (text: string): string[] =>
  text
    .split(/[\n,;，；]/)
    .map((line) => line.trim().slice(0, 64))
    .filter((line) => line !== '')

/** Null where something is still to be filled in, or is too much. */
export function selectionOf({ of, text, numbers, sinceOn }: Chosen): ExportSelection | null {
  if (of === 'all') return { of }
  if (of === 'query') return text.trim() === '' ? null : { of, text: text.trim() }
  if (of === 'changes') {
    const day = CalendarDate.safeParse(sinceOn)
    return day.success ? { of, sinceOn: day.data } : null
  }
  const list = numbersOf(numbers)
  return list.length === 0 || list.length > EXPORT_NUMBERS_MAX ? null : { of, numbers: list }
}

interface ExportFormProps {
  readonly chosen: Chosen
  readonly first: RefObject<HTMLDivElement | null>
  readonly isBusy: boolean
  readonly onChange: (chosen: Chosen) => void
  readonly onStart: () => void
}

export function ExportForm({ chosen, first, isBusy, onChange, onStart }: ExportFormProps) {
  const { t, i18n } = useTranslation()
  const ids = useId()
  const change = (parts: Partial<Chosen>): void => onChange({ ...chosen, ...parts })
  const list = numbersOf(chosen.numbers)
  const choice = <const T extends string>(
    name: 'of' | 'format' | 'encoding' | 'profile',
    values: readonly T[],
    labelOf: (value: T) => string,
  ) => (
    <>
      <label htmlFor={`${ids}${name}`}>{t(`exporting.${name}`)}</label>
      <Select
        // A list that was open once keeps the words it was opened with.
        key={i18n.language}
        id={`${ids}${name}`}
        value={chosen[name] as T}
        virtual={false}
        data-testid={`export-${name}`}
        disabled={name === 'profile' && chosen.format === 'csv'}
        options={values.map((value) => ({ value, label: labelOf(value) }))}
        onChange={(value) => change({ [name]: value })}
      />
    </>
  )
  return (
    <form
      className="cd-export-form"
      onSubmit={(event) => {
        event.preventDefault()
        onStart()
      }}
    >
      <div className="cd-import-options" ref={first}>
        {choice('of', ['all', 'query', 'numbers', 'changes'], (of) => t(`exporting.ofs.${of}`))}
        <SelectionField chosen={chosen} onChange={change} id={`${ids}what`} />
        {choice('format', ['iso2709', 'marcxml', 'csv'], (value) =>
          t(`exporting.formats.${value}`),
        )}
        {choice('encoding', ['utf-8', 'gb18030', 'gbk'], (value) =>
          t(`exporting.encodings.${value}`),
        )}
        {choice('profile', ['as-held', 'cnmarc', 'marc21'], (value) =>
          t(`exporting.profiles.${value}`),
        )}
      </div>
      {list.length > EXPORT_NUMBERS_MAX && (
        <p role="alert" className="cd-tone-stop">
          {t('exporting.tooMany', { count: list.length, most: EXPORT_NUMBERS_MAX })}
        </p>
      )}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        disabled={isBusy || selectionOf(chosen) === null}
        data-testid="export-start"
      >
        {t('exporting.start')} <KeyHint combo="Alt+e" />
      </Button>
    </form>
  )
}

interface SelectionFieldProps {
  readonly chosen: Chosen
  readonly id: string
  readonly onChange: (parts: Partial<Chosen>) => void
}

function SelectionField({ chosen, id, onChange }: SelectionFieldProps) {
  const { t } = useTranslation()
  const { of } = chosen
  if (of === 'all') return null
  const label = <label htmlFor={id}>{t(`exporting.fields.${of}`)}</label>
  if (of === 'query') {
    return (
      <>
        {label}
        <Input
          id={id}
          value={chosen.text}
          maxLength={400}
          autoComplete="off"
          data-testid="export-text"
          onChange={({ target }) => onChange({ text: target.value })}
        />
      </>
    )
  }
  if (of === 'changes') {
    return (
      <>
        {label}
        <Input
          id={id}
          type="date"
          value={chosen.sinceOn}
          data-testid="export-since"
          onChange={({ target }) => onChange({ sinceOn: target.value })}
        />
      </>
    )
  }
  return (
    <>
      {label}
      <Input.TextArea
        id={id}
        value={chosen.numbers}
        rows={8}
        placeholder={t('exporting.numbersHint')}
        data-testid="export-numbers"
        onChange={({ target }) => onChange({ numbers: target.value })}
      />
    </>
  )
}
