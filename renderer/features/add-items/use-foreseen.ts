import { useEffect, useRef, useState } from 'react'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { newRequestId, preview } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'

type Adding = PayloadOf<'item.add'>

/** What the desk says of these labels now: those in use, and what else stands in the way. */
export function useForeseen(payload: Adding): Answer<'item.add'> | null {
  const { desk } = useServices()
  // Nothing else of the payload is decided upon.
  const asked = JSON.stringify([payload.title, payload.branch, payload.barcodes])
  const latest = useRef(payload)
  const [told, setTold] = useState<{ asked: string; answer: Answer<'item.add'> } | null>(null)
  useEffect(() => {
    latest.current = payload
  })
  useEffect(() => {
    if (latest.current.barcodes.length === 0) return
    let isLatest = true
    const request = { kind: 'item.add', payload: latest.current, overrides: [] } as const
    void preview(desk, { requestId: newRequestId(), ...request }).then((answer) => {
      if (isLatest) setTold({ asked, answer })
    })
    return () => {
      isLatest = false
    }
  }, [desk, asked])
  return told?.asked === asked ? told.answer : null
}
