import type { z } from 'zod'
import type { messages } from '../../contract/sync-protocol.ts'

export type SyncAnswer<M extends keyof typeof messages> = z.infer<(typeof messages)[M]['response']>
export type NewEpochReason = z.infer<typeof messages.newEpoch.request>['reason']
