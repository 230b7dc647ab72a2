import { useTranslation } from 'react-i18next'
import { readerView } from '../../domain/marc/reader-view.ts'
import type { Bib } from '../../domain/records.ts'
import { Facts } from '../ui/panel.tsx'
import './reader-record.css'

/** A record as readers see it: title, then what it says in the order of ISBD. */
export function ReaderRecord({
  bib,
}: {
  readonly bib: Pick<Bib, 'leader' | 'fields' | 'profile'>
}) {
  const { t } = useTranslation()
  const view = readerView(bib)
  return (
    <>
      <p className="cd-reader-title" translate="no" data-testid="reader-title">
        {view.title ?? t('titles.noTitle')}
      </p>
      <Facts
        facts={view.lines.map(({ label, texts }) => ({
          name: t(`titles.label.${label}`),
          value: texts.map((text) => (
            <span key={text} className="cd-reader-text" translate="no">
              {text}
            </span>
          )),
        }))}
      />
    </>
  )
}
