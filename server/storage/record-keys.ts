import type { RecordKey } from '../../domain/change.ts'
import type { RecordKind } from '../../domain/records.ts'

export const kindInKey = (key: RecordKey): RecordKind =>
  key.slice(0, key.indexOf(':')) as RecordKind
export const idInKey = (key: RecordKey): string => key.slice(key.indexOf(':') + 1)
