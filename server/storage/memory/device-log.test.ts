import { deviceLogSuite } from '../../../test/conformance/device-log-suite.ts'
import { openMemoryStorage } from './memory-storage.ts'

deviceLogSuite('memory', () => Promise.resolve(openMemoryStorage('e1')))
