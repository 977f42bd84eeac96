import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide'
import { useState } from 'react'
import type { Conversation } from '#shared/conversation.ts'
import { contextQuery } from '../api/context.ts'
import { DialogNotLoaded } from '../ui/dialog-not-loaded.tsx'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { useStore } from '../ui/store.ts'
import { formatTokens, shortTokens } from '../ui/tokens.tsx'
import type { LiveRun } from './live-run.ts'
import { t } from '#shared/translate.ts'

const ContextDialog = lazyPart(() => import('../context/context-dialog.tsx'), 'ContextDialog', {
  failed: DialogNotLoaded,
})

/** From here on there may be no room for a long answer. */
const ALMOST_FULL = 0.8

interface ContextMeterProps {
  conversation: Conversation
  live: LiveRun | null
}

/** How much the next request carries; not what has been billed. */
export function ContextMeter({ conversation, live }: ContextMeterProps) {
  const [open, setOpen] = useState(false)
  const { inputTokens, window } = useSize(conversation, live)
  if (inputTokens === 0) return null
  const share = window === null ? null : inputTokens / window
  const full = share !== null && share > ALMOST_FULL
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        title={t`Context: what the next request carries`}
        onClick={() => setOpen(true)}
        className={`flex h-8 shrink-0 items-center gap-1.5 rounded-lg px-2 text-xs max-sm:px-1 tabular-nums transition-colors pointer-coarse:h-11 ${full ? 'bg-warn-soft text-warn' : 'text-muted hover:bg-sunken hover:text-ink'}`}
      >
        <span className="sr-only">{nameOf(inputTokens, window, full)}</span>
        {full && <Icon of={TriangleAlert} className="size-3.5" />}
        {!full && <Ring share={share} />}
        <span aria-hidden className="max-sm:hidden">
          <span className="max-md:hidden">{t`Context`} </span>
          {window === null
            ? shortTokens(inputTokens)
            : t`${shortTokens(inputTokens)} of ${shortTokens(window)}`}
        </span>
      </button>
      {open && <ContextDialog conversationId={conversation.id} onOpenChange={setOpen} />}
    </>
  )
}

function nameOf(inputTokens: number, window: number | null, full: boolean): string {
  const used = formatTokens(inputTokens)
  if (window === null) return t`Context: ${used} tokens`
  const size = formatTokens(window)
  return full
    ? t`Context: ${used} of ${size} tokens, almost full`
    : t`Context: ${used} of ${size} tokens`
}

/** Read again when the conversation has changed, and with every model call of a run under way. */
function useSize(conversation: Conversation, live: LiveRun | null) {
  const calls = useStore(live, () => live?.conversationTotals()?.calls ?? 0)
  const { id, agent, provider, model, settings, messages, totals } = conversation
  const end = messages.at(-1)
  const version = JSON.stringify([
    [agent, provider, model, settings],
    [end?.id, end?.status],
    Math.max(calls, totals.calls),
  ])
  const query = { ...contextQuery(id, 1, version), placeholderData: keepPreviousData }
  return useQuery(query).data ?? NOTHING_KNOWN
}

const NOTHING_KNOWN = { inputTokens: 0, window: null }

/** Dashed if the size of the window is unknown. */
function Ring({ share }: { share: number | null }) {
  return (
    <svg aria-hidden viewBox="0 0 16 16" className="size-4 -rotate-90" fill="none" strokeWidth="3">
      <circle
        cx="8"
        cy="8"
        r="6"
        pathLength="100"
        strokeDasharray={share === null ? '9 3.5' : undefined}
        className="stroke-line-strong"
      />
      {share !== null && (
        <circle
          cx="8"
          cy="8"
          r="6"
          pathLength="100"
          strokeDasharray={`${share * 100} 100`}
          className="stroke-accent"
        />
      )}
    </svg>
  )
}
