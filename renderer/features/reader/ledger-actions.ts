/** Performing what changes a ledger or a fee, and what came of the last of it. */
import { useRef, useState } from 'react'
import type { Finding } from '../../../domain/operation.ts'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer, GivenOverride } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

export type LedgerKind =
  | 'points.earn'
  | 'points.redeem'
  | 'payment.take'
  | 'payment.refund'
  | 'certificate.issue'
  | 'ledger.reverse'
  | 'lease.request'
  | 'fee.charge'
  | 'fee.waive'

/** One of them, its receipt typed by its kind. */
export type Said = { [K in LedgerKind]: { readonly kind: K } & Answer<K> }[LedgerKind]

/** What waits for an override. */
interface Asked {
  readonly kind: LedgerKind
  readonly findings: readonly Finding[]
  readonly isSecondRefused: boolean
}

export interface LedgerActions {
  readonly said: Said | null
  readonly isWorking: boolean
  /** True where it is done; what needs an override is answered for first. */
  readonly act: <K extends LedgerKind>(kind: K, payload: PayloadOf<K>) => Promise<boolean>
  readonly asked: Asked | null
  readonly confirm: (overrides: readonly GivenOverride[]) => Promise<void>
  readonly leave: () => void
}

interface Wish {
  readonly send: (overrides: readonly GivenOverride[]) => Promise<Said>
  readonly end: (isDone: boolean) => void
}

export function useLedgerActions(): LedgerActions {
  const { desk, play } = useServices()
  const [said, setSaid] = useState<Said | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const wish = useRef<Wish | null>(null)
  const spoken = async (send: Wish['send'], overrides: readonly GivenOverride[]) => {
    setIsWorking(true)
    const answer = await send(overrides)
    setIsWorking(false)
    setSaid(answer)
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    return answer
  }
  const act: LedgerActions['act'] = async (kind, payload) => {
    const send: Wish['send'] = async (overrides) => {
      const intention = { requestId: newRequestId(), kind, payload, overrides }
      return { kind, ...(await perform(desk, intention)) } as unknown as Said
    }
    const { receipt } = await spoken(send, [])
    if (receipt?.outcome !== 'needs-override') return receipt?.outcome === 'done'
    setAsked({ kind, findings: receipt.findings, isSecondRefused: false })
    return new Promise((end) => {
      wish.current = { send, end }
    })
  }
  const finish = (isDone: boolean): void => {
    setAsked(null)
    wish.current?.end(isDone)
    wish.current = null
  }
  const confirm: LedgerActions['confirm'] = async (overrides) => {
    if (wish.current === null) return
    const { receipt, failure } = await spoken(wish.current.send, overrides)
    const isOpen = failure === 'not-allowed' || receipt?.outcome === 'needs-override'
    if (isOpen) setAsked((before) => before && { ...before, isSecondRefused: true })
    else finish(receipt?.outcome === 'done')
  }
  const leave = (): void => {
    setSaid(null)
    finish(false)
  }
  return { said, isWorking, act, asked, confirm, leave }
}
