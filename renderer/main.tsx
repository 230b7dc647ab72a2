import 'antd/dist/antd.css'
import './app/base.css'
import './app/frame.css'
import './ui/panel.css'
import './ui/states.css'
import './ui/tone.css'
import './features/circulation.css'
import './app/decision-card.css'
import './features/ledger.css'
import './features/records.css'
import './features/work.css'
import './features/exceptions/exceptions.css'
import './features/sign-in/sign-in.css'
import './app/narrow.css'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { Provider } from 'react-redux'
import { App } from './app/app.tsx'
import { findLine } from './app/desk.ts'
import { listen, tellHeld } from './app/listen.ts'
import { createScanFeed, createScanHolds } from './app/scan-feed.ts'
import { ServicesProvider } from './app/services.tsx'
import { storeSettings, storedSettings } from './app/settings.ts'
import { createSounds } from './app/sounds.ts'
import { makeStore } from './app/store.ts'
import { startLanguage } from './language/language.ts'
import { OpenedWithoutCode } from './features/sign-in/opened-without-code.tsx'

async function start(): Promise<void> {
  const container = document.querySelector('#root')
  if (container === null) throw new Error('index.html has no #root')
  const root = createRoot(container)
  const settings = storedSettings(localStorage)
  const words = startLanguage(settings.language)
  const line = await findLine()
  if (line === null) {
    root.render(
      <I18nextProvider i18n={words}>
        <OpenedWithoutCode />
      </I18nextProvider>,
    )
    return
  }
  const { desk } = line
  let isSoundOn = settings.isSoundOn
  const play = createSounds(() => isSoundOn)
  const store = makeStore({ desk, play }, settings)
  const feed = createScanFeed()
  const holds = createScanHolds((isHeld) => tellHeld(desk, isHeld))
  let before = settings
  store.subscribe(() => {
    const { settings: now } = store.getState()
    // The storage is written at once and while the page waits: not with each scan.
    if (now === before) return
    before = now
    isSoundOn = now.isSoundOn
    storeSettings(localStorage, now)
    if (words.language !== now.language) void words.changeLanguage(now.language)
  })
  listen({ line, store, feed, holds })
  root.render(
    <I18nextProvider i18n={words}>
      <Provider store={store}>
        <ServicesProvider value={{ desk, feed, holds, play }}>
          <App />
        </ServicesProvider>
      </Provider>
    </I18nextProvider>,
  )
}

void start()
