import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide'
import { useEffect, useState } from 'react'
import type { CreateConversation } from '#shared/api.ts'
import type { SendFile } from '#shared/files.ts'
import { estimateQuery } from '../api/context.ts'
import { Icon } from '../ui/icon.tsx'
import { formatChange, formatCost, formatInputTokens, formatWarning } from './format-estimate.ts'
import { t } from '#shared/translate.ts'

/** The pause in typing before an estimate is requested. */
const PAUSE_MS = 400
/** The pause before the provider is target to count. */
const LONG_PAUSE_MS = 1_500

interface RequestLineProps {
  conversationId: string | null
  text: string
  files?: SendFile[]
  /** The settings of a conversation that does not exist yet. */
  newChat: Pick<CreateConversation, 'provider' | 'model' | 'agent' | 'settings' | 'folderId'>
  /** The model of the last answer; null before the first one. */
  answeredBefore: { provider: string; model: string } | null
  /** Changes with everything else that affects the next request. */
  version: string
}

/** Estimates the next request while the user types. Screen readers do not announce it. */
export function RequestLine(props: RequestLineProps) {
  const estimate = useEstimate(props)
  if (estimate === undefined) return null
  const warning = formatWarning(estimate)
  const summary = `${formatInputTokens(estimate)} · ${formatCost(estimate)}`
  const change = formatChange(estimate, props.answeredBefore)
  return (
    <fieldset
      aria-label={t`Next request`}
      title={t`The next request: ${summary}. Expected for an answer of usual length, as if nothing were cached.`}
      className="flex min-w-0 flex-wrap items-center justify-center gap-x-1.5 text-muted tabular-nums"
    >
      {change !== '' && (
        <span className="text-center font-medium wrap-anywhere text-ink">{change}</span>
      )}
      <span className={`truncate ${warning === null || change !== '' ? '' : 'max-sm:hidden'}`}>
        {summary}
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

function useEstimate({ conversationId, text, files, newChat, version }: RequestLineProps) {
  const paused = usePaused(text, PAUSE_MS)
  const settled = usePaused(text, LONG_PAUSE_MS)
  const attached = files === undefined || files.length === 0 ? {} : { files }
  const target =
    conversationId === null
      ? { conversationId, ...newChat, ...attached }
      : { conversationId, ...attached }
  const quick = useQuery({
    ...estimateQuery({ ...target, text: paused ?? '' }, version),
    enabled: paused !== null,
    placeholderData: keepPreviousData,
  })
  const canCount = quick.data?.canCount === true && settled === text
  const exact = useQuery({
    ...estimateQuery({ ...target, text, exact: true }, version),
    enabled: canCount,
  })
  return canCount ? (exact.data ?? quick.data) : quick.data
}

/** Returns `value` once it has been stable for `ms`; null before the first time. */
function usePaused(value: string, ms: number): string | null {
  const [paused, setPaused] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return paused
}
