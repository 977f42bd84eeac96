import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { visibleText } from '#shared/visible-text.ts'
import { type OpenWait, waitsQuery } from '../api/waits.ts'
import { Link } from '../router.tsx'
import { Button } from '../ui/button.tsx'
import { t } from '#shared/translate.ts'

interface WaitListProps {
  onNavigate: (() => void) | undefined
}

/** The newest leave the conversations their place. */
const MAX_SHOWN = 3

/** What waits for the user, over all conversations. */
export function WaitList({ onNavigate }: WaitListProps) {
  const headingId = useId()
  const [showsAll, setShowsAll] = useState(false)
  const waits = useQuery({ ...waitsQuery(), enabled: false }).data?.items ?? []
  if (waits.length === 0) return null
  const shown = showsAll ? waits : waits.slice(0, MAX_SHOWN)
  const hidden = waits.length - MAX_SHOWN
  return (
    <nav
      aria-labelledby={headingId}
      className="max-h-[40%] shrink-0 overflow-y-auto border-t border-line px-2 py-2"
    >
      <h2 id={headingId} className="px-2.5 pb-1 text-xs font-medium text-muted">
        {t`Waiting for you`}
      </h2>
      <ul>
        {shown.map((wait) => (
          <li key={wait.waitId}>
            <Link
              href={`/c/${wait.conversationId}`}
              className="flex items-start gap-2.5 rounded-lg px-2.5 py-1.5 text-sm hover:bg-line/50 pointer-coarse:min-h-11"
              onClick={onNavigate}
            >
              <span aria-hidden className="mt-1.5 size-2 shrink-0 rounded-full bg-warn" />
              <span className="min-w-0">
                <span className="block truncate">{visibleText(wait.conversationTitle)} </span>
                <span className="block truncate text-xs text-muted">
                  {visibleText(waitSentence(wait))}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button
          variant="quiet"
          className="w-full justify-start px-2.5 text-muted"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? t`Show fewer` : t`${hidden} more`}
        </Button>
      )}
    </nav>
  )
}

function waitSentence({ kind, agent, tool, label, question }: OpenWait): string {
  switch (kind) {
    case 'budget':
      return t`Needs more than its budget`
    case 'approval':
      return label === undefined
        ? t`${agent ?? t`An agent`} asks before ${tool ?? t`a tool`}`
        : `${label}?`
    case 'question':
      return question ?? t`${agent ?? t`An agent`} asks you`
  }
}
