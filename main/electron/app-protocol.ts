/**
 * The pages under `citydesk://app/`: a fixed map of files, so that no path from outside ever reaches
 * the disk. `file:` is not used, and the fuse that gives it privileges is off.
 */
import type { CustomScheme } from 'electron'
import { pageHeaders } from '../../contract/content-security-policy.ts'
import type { PageAssets } from '../sync/page-assets.ts'

export const APP_SCHEME = 'citydesk'
export const APP_HOST = 'app'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/** To be registered before the app is ready. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
}

/** True for the address of one of our own pages, and for nothing else. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  const { protocol, host, username, password } = url
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}

/** The path is looked up as it stands, never decoded: an encoded detour is an unknown name. */
export function answerPage(assets: PageAssets, request: Request): Response {
  const refuse = (status: number): Response => new Response(null, { status, headers: pageHeaders })
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  if (!isAppUrl(request.url)) return refuse(404)
  const asset = assets.get(new URL(request.url).pathname)
  if (asset === undefined) return refuse(404)
  const body = request.method === 'HEAD' ? null : asset.body
  return new Response(body, { headers: { ...pageHeaders, 'content-type': asset.type } })
}
