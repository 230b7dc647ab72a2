/** A message that was told to the reader while lending, and what came of saying so. */
import { useState } from 'react'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import type { ReaderCard } from '../../app/reader-facts.tsx'
import { useServices } from '../../app/services.tsx'

export type ToldMessage = ReaderCard['messages'][number]['message']

export interface Telling {
  readonly isWorking: boolean
  readonly said: Answer<'reader.dismiss-message'> | null
  readonly tell: (message: ToldMessage) => void
}

export function useTelling(): Telling {
  const { desk, play } = useServices()
  const [said, setSaid] = useState<Telling['said']>(null)
  const [isWorking, setIsWorking] = useState(false)
  async function tell({ id: message, readerId: reader }: ToldMessage): Promise<void> {
    setIsWorking(true)
    const answer = await perform(desk, {
      requestId: newRequestId(),
      kind: 'reader.dismiss-message',
      payload: { reader, message },
      overrides: [],
    })
    setIsWorking(false)
    setSaid(answer)
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
  }
  return { isWorking, said, tell: (message) => void tell(message) }
}
