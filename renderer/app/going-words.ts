/** Where an item goes, in words: the same on every screen that has one in hand. */
import type { TFunction } from 'i18next'
import type { Branch } from '../../domain/records.ts'
import type { Route } from '../../domain/operations/item-route.ts'

export interface GoingWay extends Pick<Route, 'branchId' | 'shelf'> {
  readonly to: Route['to'] | 'loaded'
}

interface Going {
  readonly route: { readonly to: string; readonly branchId: string | null }
  readonly hold: { readonly pickupBranchId?: string | undefined } | null
}

type Named = Pick<Branch, 'kind' | 'nameZh' | 'nameEn'>

const nameOf = (language: string, branch: Named): string =>
  language === 'zh-CN' ? branch.nameZh : branch.nameEn

/** A kiosk says that it is one. */
export const placeName = (t: TFunction, language: string, branch: Named): string =>
  branch.kind === 'kiosk'
    ? t('holds.kioskName', { name: nameOf(language, branch) })
    : nameOf(language, branch)

/**
 * `going` the largest words; `name` where it is carried; `via` who loads the kiosk that it is for,
 * empty where it is for none or is loaded here.
 */
export function goingWords(
  t: TFunction,
  language: string,
  branches: readonly Branch[],
  { route, hold }: Going,
): { readonly going: string; readonly name: string; readonly via: string } {
  const found = branches.find(({ id }) => id === route.branchId)
  const branch = found === undefined ? (route.branchId ?? '') : nameOf(language, found)
  const pickup = branches.find(({ id }) => id === hold?.pickupBranchId)
  if (route.to === 'transit' && pickup?.kind === 'kiosk') {
    const kiosk = nameOf(language, pickup)
    const via = t('returning.kioskVia', { kiosk, branch })
    return { going: t('returning.toKiosk', { kiosk }), name: branch, via }
  }
  if (route.to === 'sent') return { going: '', name: branch, via: '' }
  const going =
    route.to === 'loaded'
      ? t('holds.loadedInto', { kiosk: branch })
      : t(`returning.${route.to as Route['to']}`, { branch })
  return { going, name: branch, via: '' }
}
