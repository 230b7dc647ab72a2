import { Checkbox, Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { MARC_ENCODINGS } from '../../../domain/marc/marc-encodings.ts'
import type { UploadOptions } from './upload.ts'

/** Of the dictionary; by what the engine calls them. */
export const encodingWords = {
  auto: 'auto',
  'utf-8': 'utf8',
  gb18030: 'gb18030',
  big5: 'big5',
  'marc-8': 'marc8',
  'iso-5426': 'iso5426',
  'windows-1252': 'windows1252',
} as const

interface ImportOptionsProps {
  readonly options: UploadOptions
  readonly onChange: (options: UploadOptions) => void
}

export function ImportOptions({ options, onChange }: ImportOptionsProps) {
  const { t } = useTranslation()
  const ids = useId()
  return (
    <div className="cd-import-options">
      <label htmlFor={`${ids}f`}>{t('importing.format')}</label>
      <Select
        id={`${ids}f`}
        value={options.format}
        virtual={false}
        options={(['auto', 'iso2709', 'marcxml'] as const).map((value) => ({
          value,
          label: t(`importing.${value}`),
        }))}
        onChange={(format) => onChange({ ...options, format })}
      />
      <label htmlFor={`${ids}p`}>{t('importing.profile')}</label>
      <Select
        id={`${ids}p`}
        value={options.profile}
        virtual={false}
        options={(['auto', 'cnmarc', 'unimarc', 'marc21'] as const).map((value) => ({
          value,
          label: t(`importing.${value}`),
        }))}
        onChange={(profile) => onChange({ ...options, profile })}
      />
      <label htmlFor={`${ids}e`}>{t('importing.encoding')}</label>
      <Select
        id={`${ids}e`}
        value={options.encoding}
        virtual={false}
        options={(['auto', ...MARC_ENCODINGS] as const).map((value) => ({
          value,
          label: t(`importing.${encodingWords[value]}`),
        }))}
        onChange={(encoding) => onChange({ ...options, encoding })}
      />
      <Checkbox
        checked={options.isDryRun}
        data-testid="dry-run"
        onChange={(event) => onChange({ ...options, isDryRun: event.target.checked })}
      >
        {t('importing.dryRun')}
      </Checkbox>
    </div>
  )
}
