/**
 * The module `electron` as main.ts imports it, on plain Node: it tells the test what it is asked,
 * in order, and forks real processes. Only what main.ts uses is here.
 */
import { EventEmitter } from 'node:events'
import { FakeContents, FakeSafeStorage, callFrom } from './fake-electron.ts'
import { createFork } from './fork-utility.ts'

/** What the test asks of this stand-in before the shell starts. */
export interface Scene {
  readonly isPackaged: boolean
  readonly switches: readonly string[]
  readonly isFirstInstance: boolean
  readonly keychain: FakeSafeStorage['backend']
  readonly userFolder: string
}

const scene = JSON.parse(process.env['CITYDESK_SCENE'] ?? '{}') as Scene

/** One line of the log: the call, and what it was given. */
function tell(call: string, given: unknown = null): void {
  process.send?.({ call, given })
}

class App extends EventEmitter {
  readonly isPackaged = scene.isPackaged
  readonly commandLine = { hasSwitch: (name: string) => scene.switches.includes(name) }
  readonly #paths = new Map([
    ['userData', scene.userFolder],
    ['crashDumps', scene.userFolder],
  ])

  getPath = (name: string): string => this.#paths.get(name) ?? ''
  setPath = (name: string, path: string): void => void this.#paths.set(name, path)
  getVersion = (): string => '1.2.3'
  getLocale = (): string => 'zh-CN'
  enableSandbox = (): void => tell('sandbox')
  quit = (): void => tell('quit')

  requestSingleInstanceLock = (): boolean => {
    tell('single-instance')
    return scene.isFirstInstance
  }

  whenReady = (): Promise<void> => {
    tell('ready')
    return Promise.resolve()
  }

  exit = (code: number): void => {
    process.send?.({ call: 'exit', given: code }, () => process.exit(code))
  }
}

export const app = new App()
export const ipcMain = new EventEmitter()

export class BrowserWindow extends EventEmitter {
  readonly webContents = new FakeContents(1)

  constructor(options: { webPreferences: unknown }) {
    super()
    tell('window', options.webPreferences)
    app.emit('web-contents-created', {}, this.webContents)
    this.webContents.on('sent', (message: unknown) => tell('to-page', message))
    tell('window.open', this.webContents.opens('https://example.com/'))
    process.on('message', (message) => {
      ipcMain.emit('citydesk:call', callFrom(this.webContents), message)
    })
  }

  static getAllWindows = (): BrowserWindow[] => []
  isDestroyed = (): boolean => false
  show = (): void => tell('show')

  loadURL = (url: string): Promise<void> => {
    tell('load', url)
    return Promise.resolve()
  }
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown) => tell('schemes', schemes),
  handle: async (scheme: string, answer: (request: Request) => Response) => {
    const response = answer(new Request(`${scheme}://app/`))
    tell('page', [response.status, response.headers.get('content-security-policy')])
  },
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => tell('permission-requests'),
    setPermissionCheckHandler: () => tell('permission-checks'),
    setDevicePermissionHandler: () => tell('device-permissions'),
  },
}
export const safeStorage = Object.assign(new FakeSafeStorage(), { backend: scene.keychain })
export const utilityProcess = { fork: createFork([]) }
export const crashReporter = { start: (options: unknown) => tell('crash-reports', options) }
export const Menu = {
  setApplicationMenu: (menu: unknown) => tell('menu', menu),
  buildFromTemplate: (template: unknown) => template,
}
export const dialog = {
  showErrorBox: (title: string, text: string) => tell('error', `${title}: ${text}`),
}
export const shell = { openExternal: (url: string) => Promise.resolve(tell('open-external', url)) }

// `npm start` ends Electron by a signal, which quits it in order.
process.on('SIGTERM', () => {
  const event = { preventDefault: () => tell('quit-held') }
  app.emit('before-quit', event)
})
process.on('disconnect', () => process.exit(0))
