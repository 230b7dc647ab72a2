/** What is done with serials, how the last of it went, and what waits for a reason. */
import { useState } from 'react'
import type { Failure } from '../../../contract/desk-api.ts'
import type { Finding } from '../../../domain/operation.ts'
import type { OperationKind, PayloadOf, SummaryOf } from '../../../domain/operations/index.ts'
import type { Tone } from '../../app/desk-api.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { GivenOverride } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

export type SerialKind = Extract<OperationKind, `serial.${string}` | `subscription.${string}`>

export interface SerialAct<K extends SerialKind> {
  readonly kind: K
  readonly payload: PayloadOf<K>
  /** Of what was done, for the banner. */
  readonly tell: (summary: SummaryOf<K>) => string
  readonly after?: (summary: SummaryOf<K>) => void
}

/** `kind` is null where nothing was performed: a scan that is of no serial here. */
export interface Said {
  readonly kind: SerialKind | null
  readonly tone: Tone
  readonly detail: string
  readonly findings: readonly Finding[]
  readonly failure: Failure | null
}

interface AskedAct {
  readonly kind: SerialKind
  readonly findings: readonly Finding[]
  readonly isSecondRefused: boolean
  readonly confirm: (overrides: readonly GivenOverride[]) => void
}

export interface SerialActs {
  readonly said: Said | null
  readonly asked: AskedAct | null
  readonly isWorking: boolean
  readonly run: <K extends SerialKind>(act: SerialAct<K>) => Promise<boolean>
  readonly say: (tone: Tone, detail: string) => void
  readonly leave: () => void
}

export function useSerialActs(): SerialActs {
  const { desk, play } = useServices()
  const [said, setSaid] = useState<Said | null>(null)
  const [asked, setAsked] = useState<AskedAct | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const tell = (news: Said): void => {
    setSaid(news)
    play(news.tone)
  }
  const run = async <K extends SerialKind>(
    act: SerialAct<K>,
    overrides: readonly GivenOverride[] = [],
  ): Promise<boolean> => {
    const { kind, payload } = act
    setIsWorking(true)
    const { receipt, failure } = await perform(desk, {
      requestId: newRequestId(),
      kind,
      payload,
      overrides,
    })
    setIsWorking(false)
    if (receipt === null) {
      tell({ kind, tone: 'stop', detail: '', findings: [], failure })
      return false
    }
    const { findings, outcome, summary } = receipt
    const tone = toneOf(receipt)
    if (outcome === 'needs-override') {
      play(tone)
      const confirm = (given: readonly GivenOverride[]): void => void run(act, given)
      setAsked({ kind, findings, isSecondRefused: overrides.length > 0, confirm })
      return false
    }
    setAsked(null)
    const isDone = outcome !== 'refused'
    tell({ kind, tone, findings, failure: null, detail: isDone ? act.tell(summary) : '' })
    if (isDone) act.after?.(summary)
    return isDone
  }
  return {
    said,
    asked,
    isWorking,
    run: (act) => run(act),
    say: (tone, detail) => tell({ kind: null, tone, detail, findings: [], failure: null }),
    leave: () => setAsked(null),
  }
}
