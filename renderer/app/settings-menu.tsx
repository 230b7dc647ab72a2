import { Button, Popover, Segmented, Switch } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useSessionQuery } from './desk-api.ts'
import { settingsChanged } from './settings.ts'
import type { Settings } from './settings.ts'
import { useDeskDispatch, useDeskSelector } from './store.ts'

/** Names of the languages, each in itself: who cannot read this screen must find their own. */
const languageNames = { 'zh-CN': '中文', en: 'English' } as const

export function SettingsMenu() {
  const { t } = useTranslation()
  return (
    <Popover trigger="click" placement="rightBottom" content={<SettingsForm />} destroyOnHidden>
      <Button block data-testid="open-settings">
        {t('do.settings')}
      </Button>
    </Popover>
  )
}

export function SettingsForm() {
  const { t } = useTranslation()
  const settings = useDeskSelector((state) => state.settings)
  const { data: session } = useSessionQuery({})
  const dispatch = useDeskDispatch()
  const ids = useId()
  const change = (part: Partial<Settings>) => dispatch(settingsChanged(part))
  return (
    <div className="cd-settings">
      <span id={`${ids}a`}>{t('settings.appearance')}</span>
      <Segmented
        aria-labelledby={`${ids}a`}
        data-testid="appearance"
        value={settings.appearance}
        options={(['light', 'dark', 'system'] as const).map((value) => ({
          value,
          label: t(`settings.${value}`),
        }))}
        onChange={(appearance) => change({ appearance })}
      />
      <span id={`${ids}l`}>{t('settings.language')}</span>
      <Segmented
        aria-labelledby={`${ids}l`}
        data-testid="language"
        value={settings.language}
        options={(['zh-CN', 'en'] as const).map((value) => ({
          value,
          label: languageNames[value],
        }))}
        onChange={(language) => change({ language })}
      />
      <span id={`${ids}s`}>{t('settings.sound')}</span>
      <Switch
        aria-labelledby={`${ids}s`}
        data-testid="sound"
        checked={settings.isSoundOn}
        onChange={(isSoundOn) => change({ isSoundOn })}
      />
      {session !== undefined && (
        <p className="cd-quiet" data-testid="key-protection">
          {t(`settings.keyIn.${session.keyProtection}`)}
        </p>
      )}
    </div>
  )
}
