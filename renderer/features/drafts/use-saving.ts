/**
 * What is typed is kept without being asked: a moment after the last key, and at once where the page
 * is left. A saving names the one before it, so what another desk saved meanwhile is never covered.
 */
import { useEffect, useRef, useState } from 'react'
import type { BibContent, Draft } from '../../../domain/cataloguing-records.ts'
import type { DraftActs } from './use-draft-acts.ts'
import { recordText } from './record-text.ts'

/** A killed page loses what was typed in the last of these; each costs one operation in the log. */
const QUIET_MS = 1200

interface Kept {
  readonly revision: number
  readonly content: BibContent
  /** The draft's comparison basis, as it was saved with it. */
  readonly base: BibContent | null
  readonly savedAt: number
}

export interface Saving {
  readonly kept: Kept
  readonly isChanged: boolean
  readonly isSaving: boolean
  /** Saved elsewhere while this was being changed here; null where nothing is in the way. */
  readonly elsewhere: Draft | null
  /** Null where it was not saved. */
  readonly save: () => Promise<number | null>
  /** What was saved elsewhere is in `content` now, or is to be covered by it. */
  readonly settle: () => void
}

interface Worked {
  readonly draft: Draft
  readonly content: BibContent | null
  readonly base: BibContent | null
  readonly isOpen: boolean
  readonly acts: DraftActs
  /** Nothing was changed here: what was saved elsewhere takes its place. */
  readonly onFollow: (draft: Draft) => void
}

const contentOf = ({ leader, fields }: BibContent): BibContent => ({ leader, fields })
const isSame = (a: BibContent, b: BibContent): boolean => recordText(a) === recordText(b)

export function useSaving({ draft, content, base, isOpen, acts, onFollow }: Worked): Saving {
  const [kept, setKept] = useState<Kept>(() => keptOf(draft))
  const [sent, setSent] = useState<BibContent | null>(null)
  const isChanged = content !== null && (!isSame(content, kept.content) || base !== kept.base)
  const isOurs = isSame(draft, kept.content) || (sent !== null && isSame(draft, sent))
  const isNewer = draft.revision > kept.revision && !isOurs
  const elsewhere = isNewer && isChanged ? draft : null
  const revision = isOurs ? Math.max(draft.revision, kept.revision) : kept.revision
  useEffect(() => {
    if (!isNewer || isChanged || sent !== null) return
    setKept(keptOf(draft))
    onFollow(draft)
    // Only news moves it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isNewer, isChanged, draft])
  const going = useRef<Promise<Kept | null> | null>(null)
  const send = async (upon: number, whole: BibContent, isQuiet: boolean): Promise<Kept | null> => {
    const { id, titleId, profile } = draft
    const of = { draft: id, revision: upon }
    const payload = { of, titleId, profile, base, ...contentOf(whole) }
    setSent(whole)
    const summary = await (isQuiet ? acts.keep : acts.save)(payload)
    setSent(null)
    if (summary === null) return null
    const now = { revision: summary.revision, content: whole, base, savedAt: Date.now() }
    setKept(now)
    return now
  }
  const save = async (isQuiet = false): Promise<number | null> => {
    if (content === null) return null
    // One after another: each names the one before it.
    const before = await going.current
    const isIn =
      before === null ? !isChanged : isSame(before.content, content) && before.base === base
    const upon = Math.max(revision, before?.revision ?? 0)
    if (isIn) return upon
    const sending = send(upon, content, isQuiet)
    going.current = sending
    const saved = await sending
    if (going.current === sending) going.current = null
    return saved?.revision ?? null
  }
  const mayKeep = isOpen && isChanged && elsewhere === null && sent === null
  useKeeping(mayKeep, content, () => void save(true))
  const settle = (): void => setKept(keptOf(draft))
  return {
    kept: { ...kept, revision },
    isChanged,
    isSaving: sent !== null,
    elsewhere,
    save,
    settle,
  }
}

/** A moment after the last change, and at once where the page is left. */
function useKeeping(mayKeep: boolean, content: BibContent | null, keep: () => void): void {
  const latest = useRef({ mayKeep, keep })
  useEffect(() => {
    latest.current = { mayKeep, keep }
  })
  useEffect(() => {
    if (!mayKeep) return undefined
    const timer = setTimeout(() => latest.current.keep(), QUIET_MS)
    return () => clearTimeout(timer)
    // Each change begins the wait anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [mayKeep, content])
  useEffect(() => {
    const keepNow = (): void => {
      if (latest.current.mayKeep) latest.current.keep()
    }
    document.addEventListener('visibilitychange', keepNow)
    window.addEventListener('pagehide', keepNow)
    return () => {
      document.removeEventListener('visibilitychange', keepNow)
      window.removeEventListener('pagehide', keepNow)
      keepNow()
    }
  }, [])
}

const keptOf = (draft: Draft): Kept => ({
  revision: draft.revision,
  content: contentOf(draft),
  base: draft.base,
  savedAt: draft.savedAt,
})
