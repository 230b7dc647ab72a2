import { describe } from 'vitest'
import { ledgerRulesSuite } from '../../test/conformance/ledger-rules-suite.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'

describe('rules and places in memory', () => {
  ledgerRulesSuite(async () => openMemoryStorage('epoch-1'))
})
