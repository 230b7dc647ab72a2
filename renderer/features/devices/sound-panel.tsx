/** The four tones that people work by without looking: to be heard before the first reader comes. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Tone } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { useServices } from '../../app/services.tsx'
import { useDeskSelector } from '../../app/store.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'

const tones = [
  ['done', 'Alt+u'],
  ['needs-you', 'Alt+i'],
  ['stop', 'Alt+o'],
  ['noted', 'Alt+p'],
] as const satisfies readonly (readonly [Tone, string])[]

export function SoundPanel() {
  const { t } = useTranslation()
  const { play } = useServices()
  const isSoundOn = useDeskSelector(({ settings }) => settings.isSoundOn)
  useKeys(
    tones.map(([tone, combo]) => ({
      combo,
      label: t(`devices.tone.${tone}`),
      run: () => play(tone),
    })),
  )
  return (
    <Panel title={t('devices.sounds')} testId="sounds">
      <p className="cd-quiet" data-testid="sounds-hint">
        {t(isSoundOn ? 'devices.soundsHint' : 'devices.soundsOff')}
      </p>
      <div className="cd-row-of-buttons">
        {tones.map(([tone, combo]) => (
          <Button key={tone} onClick={() => play(tone)} data-testid={`sound-${tone}`}>
            {t(`devices.tone.${tone}`)} <KeyHint combo={combo} />
          </Button>
        ))}
      </div>
    </Panel>
  )
}
