import { useTranslation } from 'react-i18next'
import { placeName } from '../../app/going-words.ts'
import { ToneMark } from '../../ui/tone.tsx'
import type { Opened } from './serial-rows.ts'

/** Who keeps this year in the city, and which issues are kept here alone. */
export function Keepers({ opened: { keepers, onlyHere } }: { readonly opened: Opened }) {
  const { t, i18n } = useTranslation()
  const numbers = onlyHere.join('、')
  return (
    <section data-testid="keepers">
      <h3>{t('serials.keepers')}</h3>
      <ul className="cd-serials-keepers">
        {keepers.map(({ branch, isHere, ordinals }, index) => (
          // A branch may take a serial twice: its place in the list is its key.
          <li key={index} data-here={isHere}>
            {t('serials.keeper', {
              branch: branch === null ? '—' : placeName(t, i18n.language, branch),
              count: ordinals.length,
            })}
          </li>
        ))}
      </ul>
      {keepers.length === 1 && <p className="cd-quiet">{t('serials.keepersNone')}</p>}
      {onlyHere.length > 0 && (
        <p data-testid="only-here">
          <ToneMark tone="needs-you" word={t('serials.lastCopy')} /> {numbers}
        </p>
      )}
    </section>
  )
}
