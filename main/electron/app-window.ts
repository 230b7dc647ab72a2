/** The one place that makes windows. */
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'

export interface WindowParts {
  readonly Window: new (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly isPackaged: boolean
  /** The built bridge. */
  readonly preload: string
  readonly url: string
}

/** Opens the desk's window; it is shown once there is something to see. */
export function createWindow({ Window, isPackaged, preload, url }: WindowParts): BrowserWindow {
  const window = new Window(windowOptions(isPackaged, preload))
  window.once('ready-to-show', () => window.show())
  loadPage(window, url)
  return window
}

/** A load that is cut short (the window closes, the page crashes) is reported and nothing more. */
export function loadPage(window: Pick<BrowserWindow, 'loadURL'>, url: string): void {
  window.loadURL(url).catch((error: unknown) => console.error('page:', error))
}

export const windowOptions = (
  isPackaged: boolean,
  preload: string,
): BrowserWindowConstructorOptions => ({
  title: '城图工作台',
  width: 1366,
  height: 768,
  minWidth: 1024,
  minHeight: 680,
  show: false,
  autoHideMenuBar: true,
  webPreferences: {
    preload,
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Reader's names are not to be sent anywhere for spelling.
    spellcheck: false,
    devTools: !isPackaged,
  },
})
