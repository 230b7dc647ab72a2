/** As much of Electron as the shell's parts touch: emitters that remember what was asked of them. */
import { EventEmitter } from 'node:events'
import type {
  App,
  BrowserWindow,
  IpcMain,
  SafeStorage,
  Session,
  UtilityProcess,
  WebContents,
} from 'electron'
import { REPLY_CHANNEL } from '../../contract/shell-line.ts'
import type { ToPage } from '../../contract/shell-line.ts'
import type { CallEvent } from '../../main/electron/ipc.ts'

/** `event.preventDefault()` as Electron gives it. */
export class FakeEvent {
  readonly url: string
  defaultPrevented = false

  constructor(url = '') {
    this.url = url
  }

  preventDefault(): void {
    this.defaultPrevented = true
  }
}

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

export class FakeContents extends EventEmitter {
  readonly id: number
  readonly sent: ToPage[] = []
  #open: OpenHandler | null = null
  #isDestroyed = false

  constructor(id: number) {
    super()
    this.id = id
  }

  send(channel: string, message: ToPage): void {
    if (channel !== REPLY_CHANNEL) throw new Error(`an unknown channel: ${channel}`)
    if (this.#isDestroyed) throw new Error('sent to a window that is gone')
    this.sent.push(message)
    this.emit('sent', message)
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  destroy(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
  }

  setWindowOpenHandler(open: OpenHandler): void {
    this.#open = open
  }

  /** `window.open(url)` in the page; answers `deny` or `allow`. */
  opens(url: string): string {
    if (this.#open === null) return 'allow'
    return this.#open({ url } as Parameters<OpenHandler>[0]).action
  }
}

export class FakeApp extends EventEmitter {
  add(contents: FakeContents): FakeContents {
    this.emit('web-contents-created', new FakeEvent(), contents)
    return contents
  }

  get asApp(): Pick<App, 'on'> {
    return this as unknown as Pick<App, 'on'>
  }
}

export class FakeIpc extends EventEmitter {
  get asIpcMain(): Pick<IpcMain, 'on'> {
    return this as unknown as Pick<IpcMain, 'on'>
  }
}

/** A message from the top frame of `sender`, unless the frame is given. */
export const callFrom = (
  sender: FakeContents,
  senderFrame: CallEvent['senderFrame'] = { url: 'citydesk://app/index.html', parent: null },
): CallEvent => ({ sender: sender as unknown as WebContents, senderFrame })

type Handlers = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>
type OnRequest = Parameters<Handlers['setPermissionRequestHandler']>[0]
type OnCheck = Parameters<Handlers['setPermissionCheckHandler']>[0]
type OnDevice = Parameters<Handlers['setDevicePermissionHandler']>[0]

/** Grants what its handlers grant; Electron's default without one is to grant. */
export class FakeSession implements Handlers {
  #request: OnRequest = null
  #check: OnCheck = null
  #device: OnDevice = null

  setPermissionRequestHandler: Handlers['setPermissionRequestHandler'] = (handler) => {
    this.#request = handler
  }
  setPermissionCheckHandler: Handlers['setPermissionCheckHandler'] = (handler) => {
    this.#check = handler
  }
  setDevicePermissionHandler: Handlers['setDevicePermissionHandler'] = (handler) => {
    this.#device = handler
  }

  requests(permission: string, requestingUrl: string): boolean {
    let isGranted = this.#request === null
    this.#request?.(
      {} as WebContents,
      permission as 'hid',
      (granted) => {
        isGranted = granted
      },
      { isMainFrame: true, requestingUrl },
    )
    return isGranted
  }

  checks(permission: string, origin: string): boolean {
    const details = {} as Parameters<NonNullable<OnCheck>>[3]
    return this.#check?.(null, permission as 'hid', origin, details) ?? true
  }

  device(deviceType: 'hid' | 'serial' | 'usb'): boolean {
    const details = { deviceType, origin: 'citydesk://app' }
    return this.#device?.(details as Parameters<NonNullable<OnDevice>>[0]) ?? true
  }
}

export class FakeWindow extends EventEmitter {
  static made: { options: unknown; window: FakeWindow }[] = []
  readonly loaded: string[] = []
  isShown = false

  constructor(options: unknown) {
    super()
    FakeWindow.made.push({ options, window: this })
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    return Promise.resolve()
  }

  show(): void {
    this.isShown = true
  }

  static get asWindow(): new () => BrowserWindow {
    return FakeWindow as unknown as new () => BrowserWindow
  }
}

type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>

/** Unlike encryption, and enough to see that the key itself was not written. */
const turned = (hex: string): string => hex.split('').toReversed().join('')

/** A keychain whose wrapping can be read, and that can be locked, reset and asked to rotate. */
export class FakeSafeStorage {
  backend: Backend = 'gnome_libsecret'
  /** How often it says "unavailable" before it is there. */
  unavailableTimes = 0
  shouldReEncrypt = false
  secret = 'first'
  wraps = 0

  getSelectedStorageBackend(): Backend {
    return this.backend
  }

  isAsyncEncryptionAvailable(): Promise<boolean> {
    this.unavailableTimes -= 1
    return Promise.resolve(this.unavailableTimes < 0)
  }

  encryptStringAsync(text: string): Promise<Buffer> {
    this.wraps += 1
    return Promise.resolve(Buffer.from(`${this.secret}:${turned(text)}`))
  }

  decryptStringAsync(wrapped: Buffer): Promise<{ shouldReEncrypt: boolean; result: string }> {
    const [secret, text = ''] = wrapped.toString().split(':')
    if (secret !== this.secret) return Promise.reject(new Error('Error while decrypting'))
    const result = turned(text)
    return Promise.resolve({ shouldReEncrypt: this.shouldReEncrypt, result })
  }
}

/** A utility process that is only an emitter: what it was sent, and what it says when told to. */
export class FakeChild extends EventEmitter {
  readonly file: string
  readonly args: readonly string[]
  readonly received: unknown[] = []
  readonly pid = 1
  isKilled = false

  constructor(file: string, args: readonly string[]) {
    super()
    this.file = file
    this.args = args
  }

  postMessage(message: unknown): void {
    this.received.push(message)
  }

  says(message: unknown): void {
    this.emit('message', message)
  }

  dies(code = 1): void {
    this.emit('exit', code)
  }

  kill(): boolean {
    this.isKilled = true
    return true
  }
}

export class FakeForks {
  readonly children: FakeChild[] = []

  readonly fork = (file: string, args: readonly string[]): UtilityProcess => {
    const child = new FakeChild(file, args)
    this.children.push(child)
    return child as unknown as UtilityProcess
  }

  /** The newest process of `file`. */
  last(file: string): FakeChild {
    const child = this.children.findLast((each) => each.file === file)
    if (child === undefined) throw new Error(`${file} was not started`)
    return child
  }
}
