/** What the pages may not do, whatever they contain. Electron's own defaults allow most of it. */
import type { App, Session, WebContents } from 'electron'
import { isAppUrl } from './app-protocol.ts'
import { externalLink } from './external-links.ts'

type Locked = Pick<WebContents, 'on' | 'setWindowOpenHandler'>

export interface LockParts {
  readonly app: Pick<App, 'on'>
  readonly openExternal: (url: string) => void
  readonly audit: (what: string, detail: string) => void
}

/** Binds every web contents that will ever be made, whoever makes it. */
export function lockAllContents(parts: LockParts): void {
  parts.app.on('web-contents-created', (_event, contents) => lockContents(contents, parts))
}

function lockContents(contents: Locked, { openExternal, audit }: Omit<LockParts, 'app'>): void {
  const stay = (details: { readonly url: string; preventDefault: () => void }): void => {
    if (isAppUrl(details.url)) return
    details.preventDefault()
    audit('navigation-refused', details.url)
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    audit('webview-refused', '')
  })
  contents.setWindowOpenHandler(({ url }) => {
    const link = externalLink(url)
    if (link === null) audit('window-refused', url)
    else openExternal(link)
    return { action: 'deny' }
  })
}

/** Scanners are opened by the engine, never by the page: WebHID stays shut like everything else. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

export function lockPermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  const isAllowed = (permission: string, asker: string): boolean =>
    allowedPermissions.has(permission) && isAppUrl(asker)
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) => {
    decide(isAllowed(permission, requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  )
  session.setDevicePermissionHandler(() => false)
}
