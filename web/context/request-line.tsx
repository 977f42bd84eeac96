import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide'
import { useEffect, useState } from 'react'
import type { CreateConversation } from '#shared/api.ts'
import { estimateQuery } from '../api/estimate.ts'
import { Icon } from '../ui/icon.tsx'
import { formatChange, formatCost, formatToken, formatWarning } from './format-estimate.ts'

/** A pause in typing. */
const PAUSE_MS = 400
/** A longer one, after which a provider that counts is asked. */
const LONG_PAUSE_MS = 1_500

interface RequestLineProps {
  conversationId: string | null
  text: string
  /** Of the conversation that the first message will make. */
  newChat: Pick<CreateConversation, 'provider' | 'model' | 'agent' | 'settings'>
  /** Who gave the last answer; null: nobody yet. */
  answeredBefore: { provider: string; model: string } | null
  /** Changes with everything else that the next request depends on. */
  version: string
}

/** A quiet line about what is being written. It is read when it is looked for, and announced never. */
export function RequestLine(props: RequestLineProps) {
  const estimate = useEstimate(props)
  if (estimate === undefined) return null
  const warning = formatWarning(estimate)
  const about = `${formatToken(estimate)} · ${formatCost(estimate)}`
  const change = formatChange(estimate, props.answeredBefore)
  return (
    <fieldset
      aria-label="Next request"
      title={`The next request: ${about}. Expected for an answer of usual length, as if nothing were cached.`}
      className="flex min-w-0 flex-wrap items-center justify-center gap-x-1.5 text-muted tabular-nums"
    >
      {change !== '' && (
        <span className="text-center font-medium wrap-anywhere text-ink">{change}</span>
      )}
      <span className={`truncate ${warning === null || change !== '' ? '' : 'max-sm:hidden'}`}>
        {about}
      </span>
      {warning !== null && (
        <span className="flex min-w-0 items-center gap-1 text-warn">
          <Icon of={TriangleAlert} className="size-3 shrink-0" />
          <span className="truncate">{warning}</span>
        </span>
      )}
    </fieldset>
  )
}

function useEstimate({ conversationId, text, newChat, version }: RequestLineProps) {
  const said = usePaused(text, PAUSE_MS)
  const settled = usePaused(text, LONG_PAUSE_MS)
  const asked = conversationId === null ? { conversationId, ...newChat } : { conversationId }
  const quick = useQuery({
    ...estimateQuery({ ...asked, text: said ?? '' }, version),
    enabled: said !== null,
    placeholderData: keepPreviousData,
  })
  const canCount = quick.data?.canCount === true && settled === text
  const exact = useQuery({
    ...estimateQuery({ ...asked, text, exact: true }, version),
    enabled: canCount,
  })
  return canCount ? (exact.data ?? quick.data) : quick.data
}

/** `value` once it has not changed for a while; null before that, the first time. */
function usePaused(value: string, ms: number): string | null {
  const [paused, setPaused] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return paused
}
