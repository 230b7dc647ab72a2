import { describe } from 'vitest'
import { ledgerRequestsSuite } from '../../test/conformance/ledger-requests-suite.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'

describe('refused requests in memory', () => {
  ledgerRequestsSuite(async () => openMemoryStorage('epoch-1'))
})
