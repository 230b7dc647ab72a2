import { describe } from 'vitest'
import { ledgerLeasesSuite } from '../../test/conformance/ledger-leases-suite.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'

describe('leases in memory', () => {
  ledgerLeasesSuite(async () => openMemoryStorage('epoch-1'))
})
