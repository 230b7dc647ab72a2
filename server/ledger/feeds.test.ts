import { describe } from 'vitest'
import { ledgerFeedsSuite } from '../../test/conformance/ledger-feeds-suite.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'

describe('feeds in memory', () => {
  ledgerFeedsSuite(async () => openMemoryStorage('epoch-1'), 150)
})
