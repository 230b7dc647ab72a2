import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Saving } from './use-saving.ts'

interface SavedLineProps {
  readonly saving: Saving
  /** A row is no field yet: nothing can be saved. */
  readonly isBroken: boolean
}

const LOOK_MS = 1000

/** Whether what is on the screen is kept, and since when. */
export function SavedLine({ saving, isBroken }: SavedLineProps) {
  const { t } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  const { isChanged, isSaving, elsewhere, kept } = saving
  const state = isBroken ? 'broken' : isSaving ? 'saving' : isChanged ? 'changed' : 'saved'
  const seconds = Math.max(0, Math.round((now - kept.savedAt) / 1000))
  const minutes = Math.floor(seconds / 60)
  const word =
    state !== 'saved'
      ? t(`editor.saved.${elsewhere === null ? state : 'changed'}`)
      : minutes === 0
        ? t('editor.saved.secondsAgo', { seconds })
        : minutes < 60
          ? t('editor.saved.minutesAgo', { minutes })
          : t('editor.saved.saved')
  return (
    <span className="cd-quiet cd-editor-saved" data-testid="draft-saved" data-state={state}>
      {word}
    </span>
  )
}
