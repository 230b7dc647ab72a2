/** What is done to a draft, and how the last of it went. */
import { useState } from 'react'
import type { Failure } from '../../../contract/desk-api.ts'
import type { Finding } from '../../../domain/operation.ts'
import type { PayloadOf, SummaryOf } from '../../../domain/operations/index.ts'
import type { Tone } from '../../app/desk-api.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

type DraftKind = 'draft.save' | 'draft.submit' | 'draft.return' | 'draft.publish' | 'draft.discard'

interface Last {
  readonly tone: Tone
  readonly findings: readonly Finding[]
  readonly failure: Failure | null
}

export interface DraftActs {
  readonly last: Last | null
  /** Null where it was not saved. */
  readonly save: (payload: PayloadOf<'draft.save'>) => Promise<SummaryOf<'draft.save'> | null>
  /** Nobody asked for this saving: it is heard of only where it fails. */
  readonly keep: DraftActs['save']
  readonly act: <K extends DraftKind>(kind: K, payload: PayloadOf<K>) => Promise<boolean>
}

export function useDraftActs(): DraftActs {
  const { desk, play } = useServices()
  const [last, setLast] = useState<Last | null>(null)
  const run = async <K extends DraftKind>(kind: K, payload: PayloadOf<K>, isQuiet = false) => {
    const intention = { requestId: newRequestId(), kind, payload, overrides: [] }
    const { receipt, failure } = await perform(desk, intention)
    const tone = receipt === null ? 'stop' : toneOf(receipt)
    // The editor tells of another's saving itself, beside both.
    const isTold = receipt?.findings.every(({ code }) => code === 'draft-saved-elsewhere') === true
    if (!isQuiet || (tone === 'stop' && !isTold)) {
      setLast({ tone, findings: receipt?.findings ?? [], failure })
      play(tone)
    }
    return receipt === null || tone === 'stop' ? null : receipt.summary
  }
  return {
    last,
    save: (payload) => run('draft.save', payload),
    keep: (payload) => run('draft.save', payload, true),
    act: async (kind, payload) => (await run(kind, payload)) !== null,
  }
}
