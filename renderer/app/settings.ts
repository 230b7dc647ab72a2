/** What a person sets for this desk's screen; kept in the browser, never sent. */
import { createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import { z } from 'zod'

const Settings = z.object({
  language: z.enum(['zh-CN', 'en']),
  appearance: z.enum(['light', 'dark', 'system']),
  isSoundOn: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

const STORED_AS = 'citydesk.settings'
const firstSettings: Settings = { language: 'zh-CN', appearance: 'system', isSoundOn: true }

export function storedSettings(storage: Pick<Storage, 'getItem'>): Settings {
  const text = storage.getItem(STORED_AS)
  if (text === null) return firstSettings
  const stored = Settings.safeParse(jsonOrNull(text))
  return stored.success ? stored.data : firstSettings
}

/** Storage outlives versions and can be edited by anybody: what does not parse counts as nothing. */
function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const storeSettings = (storage: Pick<Storage, 'setItem'>, settings: Settings): void =>
  storage.setItem(STORED_AS, JSON.stringify(settings))

export const settingsSlice = createSlice({
  name: 'settings',
  initialState: firstSettings,
  reducers: {
    settingsChanged: (settings, { payload }: PayloadAction<Partial<Settings>>) => ({
      ...settings,
      ...payload,
    }),
  },
})
export const { settingsChanged } = settingsSlice.actions
