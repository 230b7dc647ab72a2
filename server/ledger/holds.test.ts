import { describe } from 'vitest'
import { ledgerHoldsSuite } from '../../test/conformance/ledger-holds-suite.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'

describe('holds in memory', () => {
  ledgerHoldsSuite(async () => openMemoryStorage('epoch-1'))
})
