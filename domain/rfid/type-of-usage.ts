/** What a tag says its item is for: ISO 28560-1 "type of usage", two hexadecimal digits. */

export type UsageClass =
  | 'acquisition'
  | 'circulating'
  | 'not-circulating'
  | 'local'
  | 'no-information'
  | 'discarded'
  | 'reader-card'
  | 'equipment'

export type UsageDetail =
  | 'automatic-sorting'
  | 'no-automatic-sorting'
  | 'no-offline-transactions'
  | 'no-offline-return'
  | 'no-offline-loan-or-return'
  | 'for-sale'
  | 'sold'
  | 'to-be-processed'
  | 'adult'
  | 'youth'
  | 'child'

export interface TypeOfUsage {
  readonly code: string
  readonly class: UsageClass
  /** null: the plain code of its class, or a qualifier without a meaning. */
  readonly detail: UsageDetail | null
  readonly allowsOfflineCheckOut: boolean
  readonly allowsOfflineCheckIn: boolean
}

const CLASSES: Readonly<Record<string, UsageClass>> = {
  '0': 'acquisition',
  '1': 'circulating',
  '2': 'not-circulating',
  '3': 'local',
  '4': 'local',
  '6': 'no-information',
  '7': 'discarded',
  '8': 'reader-card',
  '9': 'equipment',
}

const DETAILS: Readonly<Record<string, UsageDetail>> = {
  '11': 'automatic-sorting',
  '12': 'no-automatic-sorting',
  '13': 'no-offline-transactions',
  '14': 'no-offline-return',
  '15': 'no-offline-loan-or-return',
  '71': 'for-sale',
  '72': 'sold',
  '73': 'to-be-processed',
  '81': 'adult',
  '82': 'youth',
  '83': 'child',
}

/** 13 is read literally: no transaction without the server, so neither loan nor return. */
const NO_OFFLINE_CHECK_OUT: ReadonlySet<string> = new Set(['13', '15'])
const NO_OFFLINE_CHECK_IN: ReadonlySet<string> = new Set(['13', '14', '15'])

/** null for a class that the standard leaves open. */
export const readTypeOfUsage = (code: string): TypeOfUsage | null => {
  const found = /^[0-9A-F]{2}$/.test(code) ? CLASSES[code.charAt(0)] : undefined
  if (found === undefined) return null
  return {
    code,
    class: found,
    detail: DETAILS[code] ?? null,
    allowsOfflineCheckOut: !NO_OFFLINE_CHECK_OUT.has(code),
    allowsOfflineCheckIn: !NO_OFFLINE_CHECK_IN.has(code),
  }
}
