import { describe } from 'vitest'
import { ledgerStorageSuite } from '../../../test/conformance/ledger-storage-suite.ts'
import { openMemoryStorage } from './memory-storage.ts'

describe('memory', () => {
  ledgerStorageSuite(async () => openMemoryStorage('epoch-1'))
})
