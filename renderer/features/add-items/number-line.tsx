import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { isProvisional } from '../../../domain/words/book-number.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { Adding } from './use-adding.ts'

/** Which number the title has or would get here, and whoever stands under it already. */
export function NumberLine({ adding: { place, numbering } }: { readonly adding: Adding }) {
  const { t, i18n } = useTranslation()
  const { known, classNumber, mayTake, take, answer } = numbering
  useKeys([{ combo: 'Alt+n', label: t('numbering.take'), run: () => void take() }])
  if (known === undefined) return null
  const { scheme, kept, next, left, clash } = known
  const name = i18n.language === 'zh-CN' ? scheme?.nameZh : scheme?.nameEn
  const findings = answer?.receipt?.outcome === 'refused' ? answer.receipt.findings : []
  return (
    <div className="cd-number-line" data-testid="number-line">
      {scheme === null ? (
        <p className="cd-quiet">{t('numbering.noScheme')}</p>
      ) : (
        <div className="cd-row-of-buttons">
          <Button disabled={!mayTake} onClick={() => void take()} data-testid="take-number">
            {t(kept === null ? 'numbering.take' : 'numbering.keep')} <KeyHint combo="Alt+n" />
          </Button>
          <span className="cd-quiet" data-testid="number-next">
            {name} ·{' '}
            {kept !== null
              ? t('numbering.kept', { number: kept.text ?? t('numbering.open') })
              : next !== null
                ? t('numbering.next', { class: classNumber, number: next.number, count: left })
                : t(scheme.numbersBy === 'author' ? 'numbering.typed' : 'numbering.ofCity')}
          </span>
        </div>
      )}
      {isProvisional(place.callNumber) && (
        <p data-testid="provisional">
          <ToneMark tone="needs-you" word={t('numbering.provisional')} /> {t('numbering.waits')}
        </p>
      )}
      {clash !== null && (
        <p data-testid="number-clash">
          <ToneMark tone="stop" word={t('numbering.clash')} /> {clash.title}
        </p>
      )}
      <FindingLines findings={findings} />
    </div>
  )
}
