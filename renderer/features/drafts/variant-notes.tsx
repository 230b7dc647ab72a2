import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import { kindOfTag } from '../../../domain/marc/heading-key.ts'
import { withHeading } from '../../../domain/marc/headings.ts'
import { useVariantsUsedQuery } from '../../app/authority-api.ts'
import { Panel } from '../../ui/panel.tsx'
import type { RecordEditing } from './use-record-edits.ts'

interface VariantNotesProps {
  readonly editing: RecordEditing
  readonly isReadOnly: boolean
}

/** Fields written otherwise than the city writes them (A6); nothing where there are none. */
export function VariantNotes({ editing, isReadOnly }: VariantNotesProps) {
  const { t } = useTranslation()
  const content = useDeferredValue(editing.read.content)
  const headed = headedFields(content)
  const fields = headed.map(({ field: { tag, subfields } }) => ({ tag, subfields }))
  const { data } = useVariantsUsedQuery({ fields }, { skip: fields.length === 0 })
  const used = data?.used ?? []
  if (content === null || used.length === 0) return null
  return (
    <Panel title={t('authorities.used')} testId="variants-used">
      <ul className="cd-drafts-lint">
        {used.map(({ index, written, heading, ...kept }) => {
          const at = headed[index]?.at
          return (
            <li key={index} data-testid="variant-used">
              <span translate="no">
                {headed[index]?.field.tag} {written}
              </span>{' '}
              {t('authorities.see')} <b translate="no">{heading}</b>{' '}
              {!isReadOnly && (
                <button
                  type="button"
                  onClick={() =>
                    editing.onEdit({
                      type: 'replace',
                      content: {
                        ...content,
                        fields: content.fields.map((field, place) =>
                          place === at ? withHeading(field, kept) : field,
                        ),
                      },
                    })
                  }
                  data-testid="variant-replace"
                >
                  {t('authorities.useHeading')}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

const FIELDS_MAX = 300

const headedFields = (content: BibContent | null) =>
  (content?.fields ?? [])
    .map((field, at) => ({ field, at }))
    .filter(({ field: { tag, subfields } }) => kindOfTag(tag) !== null && subfields.length > 0)
    .slice(0, FIELDS_MAX)
