import { useTranslation } from 'react-i18next'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { recordContext } from '../../../domain/marc/lint-finding.ts'
import { lintRecord } from '../../../domain/marc/lint.ts'
import { useToday } from '../../app/use-today.ts'
import { ToneMark } from '../../ui/tone.tsx'
import type { TakenRecord } from './taken-record.ts'

/** What the rules of quality would say of the record, were it ours. */
export function RecordFaults({ taken }: { readonly taken: TakenRecord }) {
  const { t, i18n } = useTranslation()
  const year = Number(useToday().slice(0, 4))
  const { content, profile } = taken
  const found = lintRecord(bibToMarcRecord(content), profile, recordContext(year))
  const errorsCount = found.filter(({ severity }) => severity === 'error').length
  const warningsCount = found.length - errorsCount
  return (
    <>
      <div className="cd-marks">
        {errorsCount > 0 && (
          <ToneMark tone="stop" word={t('copying.errors', { count: errorsCount })} />
        )}
        {warningsCount > 0 && (
          <ToneMark tone="noted" word={t('copying.warnings', { count: warningsCount })} />
        )}
        {found.length === 0 && <ToneMark tone="done" word={t('copying.clean')} />}
      </div>
      <ul className="cd-copying-list">
        {found.map(({ rule, severity, tag, subfield, message }, index) => (
          <li key={index} data-testid="copy-fault" data-severity={severity}>
            <span translate="no">
              {rule} {tag}
              {subfield}
            </span>{' '}
            {i18n.language === 'zh-CN' ? message.zh : message.en}
          </li>
        ))}
      </ul>
    </>
  )
}
