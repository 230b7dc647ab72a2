/** Every command, in the order of `citydesk --help`. */
import type { Command } from '../command.ts'
import { ask } from './ask.ts'
import { backup } from './backup.ts'
import { callnoCheck, callnoSort } from './callno.ts'
import { capture } from './capture.ts'
import { copySearch } from './copy-search.ts'
import { exportTitles } from './export.ts'
import { importTitles } from './import.ts'
import { marcConvert } from './marc-convert.ts'
import { marcLint } from './marc-lint.ts'
import { offlineImport } from './offline-import.ts'
import { performOperations } from './perform.ts'
import { rfidDecode, rfidEncode } from './rfid.ts'
import { search } from './search.ts'
import { simulate } from './simulate.ts'
import { sync } from './sync.ts'
import { verify } from './verify.ts'

export const commands: readonly Command[] = [
  importTitles,
  exportTitles,
  search,
  copySearch,
  performOperations,
  offlineImport,
  ask,
  sync,
  verify,
  backup,
  marcConvert,
  marcLint,
  callnoSort,
  callnoCheck,
  rfidDecode,
  rfidEncode,
  capture,
  simulate,
]
