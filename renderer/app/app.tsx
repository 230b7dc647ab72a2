import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router'
import { SignInScreen } from '../features/sign-in/sign-in-screen.tsx'
import { Asked } from './asked.tsx'
import { useSessionQuery } from './desk-api.ts'
import { KeysProvider } from './keys.tsx'
import { routes } from './routes.tsx'
import { SessionProvider } from './session.tsx'
import { StatusBar } from './status-bar.tsx'
import { useDeskSelector } from './store.ts'
import { antdThemeFor, cssVariablesFor } from './theme.ts'
import type { Scheme } from './theme.ts'

const antdLocales = { 'zh-CN': zhCN, en: enUS } as const

export function App() {
  const { language } = useDeskSelector(({ settings }) => settings)
  const scheme = useScheme()
  const { t } = useTranslation()
  useEffect(() => {
    document.documentElement.lang = language
    document.title = t('app.name')
  }, [language, t])
  useEffect(() => {
    const { style, dataset } = document.documentElement
    dataset['scheme'] = scheme
    style.colorScheme = scheme
    for (const [name, value] of cssVariablesFor(scheme)) style.setProperty(name, value)
  }, [scheme])
  return (
    <ConfigProvider
      theme={antdThemeFor(scheme)}
      locale={antdLocales[language]}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      virtual={false}
    >
      <KeysProvider>
        <Desk />
      </KeysProvider>
    </ConfigProvider>
  )
}

function Desk() {
  const query = useSessionQuery({})
  return (
    <Asked query={query}>
      {(session) =>
        session.staff === null ? (
          <div className="cd-signed-out">
            <SignInScreen session={session} />
            <StatusBar session={session} />
          </div>
        ) : (
          <SessionProvider value={{ ...session, staff: session.staff }}>
            <RouterProvider key={session.staff.id} router={routes} />
          </SessionProvider>
        )
      }
    </Asked>
  )
}

/** Light or dark, as set; `system` follows the computer while it runs. */
function useScheme(): Scheme {
  const { appearance } = useDeskSelector(({ settings }) => settings)
  const [isSystemDark, setIsSystemDark] = useState(() => darkQuery().matches)
  useEffect(() => {
    const query = darkQuery()
    const follow = (): void => setIsSystemDark(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  if (appearance === 'system') return isSystemDark ? 'dark' : 'light'
  return appearance
}

const darkQuery = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')
