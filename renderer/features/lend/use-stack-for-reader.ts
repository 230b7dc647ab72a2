import { useEffect } from 'react'
import { useOfferPadMutation } from '../../app/pad-api.ts'
import { padClaimed } from '../../app/desk-state.ts'
import { useDeskDispatch, useDeskSelector } from '../../app/store.ts'

/** A stack that lay on the pad before the reader's card was scanned is this reader's. */
export function useStackForReader(card: string | null): void {
  const dispatch = useDeskDispatch()
  const [offerPad] = useOfferPadMutation()
  const unclaimed = useDeskSelector(({ deskState }) => deskState.unclaimed)
  useEffect(() => {
    if (card === null || unclaimed.length === 0) return
    dispatch(padClaimed())
    void offerPad({ barcodes: [...unclaimed] })
  }, [card, unclaimed, offerPad, dispatch])
}
