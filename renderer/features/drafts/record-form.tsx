import { useTranslation } from 'react-i18next'
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import { formParts, formValue, withFormValue } from '../../../domain/marc/record-form.ts'
import type { FormPart } from '../../../domain/marc/record-form.ts'
import { useToday } from '../../app/use-today.ts'

interface RecordFormProps {
  readonly content: BibContent
  readonly isReadOnly: boolean
  readonly onFill: (part: FormPart, content: BibContent) => void
}

const parts = Object.keys(formParts) as FormPart[]

/** The record as a form: the same fields, by the names that a title page gives them. */
export function RecordForm({ content, isReadOnly, onFill }: RecordFormProps) {
  const { t } = useTranslation()
  const today = useToday()
  return (
    <>
      <div className="cd-editor-form" data-testid="record-form">
        {parts.map((part) => (
          <label key={part} className="cd-editor-place">
            <span>
              {t(`editor.parts.${part}`)}{' '}
              <span className="cd-quiet" translate="no">
                {formParts[part].join('')}
              </span>
            </span>
            <input
              value={formValue(content, part)}
              readOnly={isReadOnly}
              autoComplete="off"
              spellCheck={false}
              data-form={part}
              onChange={({ target }) =>
                onFill(part, withFormValue(content, part, target.value, today))
              }
            />
          </label>
        ))}
      </div>
      <p className="cd-quiet">{t('editor.formHint')}</p>
    </>
  )
}
