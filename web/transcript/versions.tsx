import { ChevronLeft, ChevronRight, Columns2 } from 'lucide'
import { useState } from 'react'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { t } from '#shared/translate.ts'

const CompareVersions = lazyPart(() => import('./compare-versions.tsx'), 'CompareVersions', {
  failed: DialogNotLoaded,
})

export interface VersionsProps {
  id: string
  siblingIds: string[]
  onSelect: (messageId: string) => Promise<void>
}

/** Which of several messages at the same place is shown: ‹ 1/2 ›. */
export function Versions({ id, siblingIds, onSelect }: VersionsProps) {
  const [comparing, setComparing] = useState(false)
  // The next click goes on from a version that is still being read.
  const [asked, setAsked] = useState<string | null>(null)
  const at = siblingIds.indexOf(asked ?? id)
  const previous = siblingIds[at - 1]
  const next = siblingIds[at + 1]
  const select = (messageId: string | undefined) => {
    if (messageId === undefined) return
    setAsked(messageId)
    void onSelect(messageId).finally(() => {
      setAsked((latest) => (latest === messageId ? null : latest))
    })
  }
  return (
    <fieldset
      aria-label={t`Versions`}
      className="flex items-center text-xs text-muted tabular-nums"
    >
      <IconButton
        label={t`Previous version`}
        disabled={previous === undefined}
        onClick={() => select(previous)}
      >
        <Icon of={ChevronLeft} />
      </IconButton>
      <span className="sr-only">{t`Version ${at + 1} of ${siblingIds.length}`}</span>
      <span aria-hidden>
        {at + 1}/{siblingIds.length}
      </span>
      <IconButton
        label={t`Next version`}
        disabled={next === undefined}
        onClick={() => select(next)}
      >
        <Icon of={ChevronRight} />
      </IconButton>
      <IconButton
        label={t`Compare versions`}
        aria-haspopup="dialog"
        onClick={() => setComparing(true)}
      >
        <Icon of={Columns2} />
      </IconButton>
      {comparing && <CompareVersions {...{ id, siblingIds }} onClose={() => setComparing(false)} />}
    </fieldset>
  )
}
