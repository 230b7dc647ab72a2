/**
 * How a scanner that poses as a keyboard is told to be read directly. The codes are the makers' own,
 * printed in their manuals: a setup code that we drew from a description and that no scanner of the
 * kind has read could leave it in a state that only its maker gets it out of.
 */
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/panel.tsx'

/** Where each maker's manual has it; the words of its menu are the maker's, in every language. */
const makers = [
  {
    id: 'honeywell',
    names: 'Honeywell Xenon · Voyager · Hyperion',
    menu: 'Terminal ID 131 — HID POS',
  },
  { id: 'newland', names: 'Newland NLS-HR · FM · EM', menu: 'USB Interface — HID-POS' },
  { id: 'zebra', names: 'Zebra / Symbol', menu: 'USB Device Type — IBM Hand-Held USB' },
] as const

export function SetupPanel() {
  const { t } = useTranslation()
  return (
    <Panel title={t('devices.setup')} testId="setup-codes">
      <p className="cd-quiet">{t('devices.setupHint')}</p>
      <dl className="cd-setup">
        {makers.map(({ id, names, menu }) => (
          <div key={id} data-testid="setup-maker">
            <dt lang="en">
              <strong>{names}</strong>
            </dt>
            <dd>
              <span lang="en">{menu}</span>
              <p className="cd-quiet">{t(`devices.setupOf.${id}`)}</p>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
