/** Taking a record: into a draft, or into the catalogue and on to its items. */
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Failure } from '../../../contract/desk-api.ts'
import type { Finding } from '../../../domain/operation.ts'
import type { OperationKind, PayloadOf, SummaryOf } from '../../../domain/operations/index.ts'
import { CopyTargetId, DraftId, TitleId } from '../../../domain/words/ids.ts'
import type { Tone } from '../../app/desk-api.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import type { OwnRecord, TakenRecord } from './taken-record.ts'

export interface LastAct {
  readonly tone: Tone
  readonly findings: readonly Finding[]
  readonly failure: Failure | null
}

export interface TakingActs {
  /** Null where nothing went wrong yet: what goes well leads on to another screen. */
  readonly last: LastAct | null
  readonly clear: () => void
  readonly takeDraft: (taken: TakenRecord, own: OwnRecord | null) => Promise<void>
  readonly takeIn: (taken: TakenRecord, targetId: string) => Promise<void>
  readonly mergeIn: (taken: TakenRecord, own: OwnRecord) => Promise<void>
}

export function useTaking(): TakingActs {
  const { desk, play } = useServices()
  const navigate = useNavigate()
  const [last, setLast] = useState<LastAct | null>(null)
  async function act<K extends OperationKind>(
    kind: K,
    payload: PayloadOf<K>,
  ): Promise<SummaryOf<K> | null> {
    const intention = { requestId: newRequestId(), kind, payload, overrides: [] }
    const { receipt, failure } = await perform(desk, intention)
    const tone = receipt === null ? 'stop' : toneOf(receipt)
    setLast({ tone, findings: receipt?.findings ?? [], failure })
    play(tone)
    return receipt === null || receipt.outcome !== 'done' ? null : receipt.summary
  }
  const saveDraft = (taken: TakenRecord, own: OwnRecord | null) =>
    act('draft.save', {
      of: null,
      titleId: own === null ? null : TitleId.parse(own.titleId),
      profile: taken.profile,
      base: own?.content ?? null,
      ...taken.content,
    })
  const onToItems = (titleId: string): void =>
    void navigate(`/add-items?title=${encodeURIComponent(titleId)}`)
  return {
    last,
    clear: () => setLast(null),
    async takeDraft(taken, own) {
      const summary = await saveDraft(taken, own)
      if (summary !== null) void navigate(`/drafts?draft=${encodeURIComponent(summary.draftId)}`)
    },
    async takeIn({ profile, content }, targetId) {
      const target = CopyTargetId.parse(targetId)
      const summary = await act('title.copy', { target, profile, ...content })
      if (summary !== null && summary.titleId !== null) onToItems(summary.titleId)
    },
    async mergeIn(taken, own) {
      const saved = await saveDraft(taken, own)
      if (saved === null) return
      const { draftId, revision } = saved
      const done = await act('draft.publish', { draft: DraftId.parse(draftId), revision })
      if (done !== null && done.titleId !== null) onToItems(done.titleId)
    },
  }
}
