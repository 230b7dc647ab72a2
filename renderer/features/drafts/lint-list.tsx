import { useTranslation } from 'react-i18next'
import type { BibContent, Draft } from '../../../domain/cataloguing-records.ts'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { lintRecord } from '../../../domain/marc/lint.ts'
import { useToday } from '../../app/use-today.ts'

interface LintListProps {
  readonly content: BibContent
  readonly profile: Draft['profile']
}

/** What the rules of quality say of the record as it is being typed. */
export function LintList({ content, profile }: LintListProps) {
  const { t, i18n } = useTranslation()
  const year = Number(useToday().slice(0, 4))
  const found = lintRecord(bibToMarcRecord(content), profile, { year, isKnownClass: null })
  if (found.length === 0) return <p className="cd-quiet">{t('drafts.clean')}</p>
  return (
    <ul className="cd-drafts-lint">
      {found.map(({ rule, severity, tag, subfield, message, fix }, index) => (
        <li key={index} data-testid="draft-fault" data-severity={severity}>
          <b>{t(severity === 'error' ? 'drafts.error' : 'drafts.warning')}</b>{' '}
          <span translate="no">
            {rule} {tag}
            {subfield}
          </span>{' '}
          {i18n.language === 'zh-CN' ? message.zh : message.en}
          {fix !== null && <code translate="no"> → {fix}</code>}
        </li>
      ))}
    </ul>
  )
}
