import { describe } from 'vitest'
import { ledgerPagesSuite } from '../../../test/conformance/ledger-pages-suite.ts'
import { ledgerRecordsSuite } from '../../../test/conformance/ledger-records-suite.ts'
import { ledgerStorageSuite } from '../../../test/conformance/ledger-storage-suite.ts'
import { openMemoryStorage } from './memory-storage.ts'

describe('memory', () => {
  ledgerStorageSuite(async () => openMemoryStorage('epoch-1'))
  ledgerRecordsSuite(async () => openMemoryStorage('epoch-1'))
  ledgerPagesSuite(async () => openMemoryStorage('epoch-1'))
})
