import { createContext, use, useMemo } from 'react'
import { callKey } from '#shared/call-key.ts'
import type { Message, ToolCallPart } from '#shared/message.ts'
import { formatAmount } from '#shared/money.ts'
import { nestedTotals } from '#shared/nested-totals.ts'
import { visibleText } from '#shared/visible-text.ts'
import { formatTokens } from '../ui/tokens.tsx'
import type { LiveMessage } from './live-message.ts'
import { PartList } from './part-list.tsx'
import { isFinished } from './tool-status.ts'
import { plural, t } from '#shared/translate.ts'

/** The key of the call whose nested run a part belongs to. Null: of the conversation, which carries its result. */
export const ParentCall = createContext<string | null>(null)

interface NestedRunProps {
  message: Message
  live: LiveMessage | null
  part: ToolCallPart
}

/** What an agent does inside a tool call, as it happens, and what that costs. */
export function NestedRun({ message, live, part }: NestedRunProps) {
  const { callId } = part
  const key = callKey(callId, use(ParentCall))
  const stored = useMemo(() => nestedMessage(message, callId), [message, callId])
  const nested = useMemo(() => live && nestedLive(live, callId), [live, callId])
  const totals = nestedTotals(part)
  return (
    <section aria-label={t`Inside ${visibleText(part.name)}`} className="px-3.5 py-3">
      <ParentCall value={key}>
        <div className="space-y-3 border-l-2 border-line pl-4">
          <PartList message={stored} live={nested} quiet />
        </div>
      </ParentCall>
      {totals.calls > 0 && (
        <p className="pt-2 text-xs text-muted tabular-nums">
          {formatAmount(totals)} ·{' '}
          {t`${formatTokens(totals.inputTokens + totals.outputTokens)} tokens`} ·{' '}
          {plural(totals.calls, {
            one: t`1 model call, part of this answer`,
            other: t`${totals.calls} model calls, part of this answer`,
          })}
        </p>
      )}
    </section>
  )
}

/** The nested run as a message of its own. */
function nestedMessage(message: Message, callId: string): Message {
  const part = message.parts.find((one) => one.type === 'tool_call' && one.callId === callId)
  const call = part?.type === 'tool_call' ? part : undefined
  const ended = call === undefined || isFinished(call.status)
  const status = ended && message.status === 'running' ? 'completed' : message.status
  return { ...message, status, parts: call?.parts ?? [] }
}

function nestedLive(live: LiveMessage, callId: string): LiveMessage {
  return {
    subscribe: live.subscribe,
    connected: live.connected,
    now: live.now,
    snapshot: () => {
      const message = live.snapshot()
      return message && nestedMessage(message, callId)
    },
  }
}
