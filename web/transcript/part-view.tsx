import { memo } from 'react'
import type { Message, MessagePart } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { type LiveMessage, useLive } from './live-message.ts'
import type { NoticeViewProps } from './notice-view.tsx'
import { ToolFiles } from './lazy-tool-files.tsx'
import { ReasoningView } from './lazy-reasoning.tsx'
import { TextView } from './text-view.tsx'
import type { ToolCallsProps } from './tool-calls.tsx'
import { t } from '#shared/translate.ts'

// Few answers hold one. Until it is here its words stand where it will say them.
const NoticeView = lazyPart(() => import('./notice-view.tsx'), 'NoticeView', {
  fallback: NoticeText,
  failed: NoticeText,
})

const ToolCalls = lazyPart(() => import('./tool-calls.tsx'), 'ToolCalls', {
  fallback: ToolNames,
  failed: NotLoaded,
  onFirstPage: true,
})

const OutputView = lazyPart(() => import('./output-view.tsx'), 'OutputView', {
  failed: NotLoaded,
})

function NoticeText({ notice: { kind, text } }: NoticeViewProps) {
  const isSaidAtTheEnd = kind === 'error' || kind === 'stopped'
  return isSaidAtTheEnd ? null : <p className="pl-6 text-sm text-muted">{text}</p>
}

/** As high as the row that the calls of an answer are folded to. */
function ToolNames({ message, start, end }: ToolCallsProps) {
  const call = message.parts[start]
  const calls = message.parts.slice(start, end).filter(({ type }) => type === 'tool_call')
  const name = call?.type === 'tool_call' ? visibleText(call.label ?? call.name) : ''
  return (
    <p className="min-h-8 truncate py-1 pl-6.5 text-sm text-muted pointer-coarse:min-h-11">
      {calls.length > 1 ? t`Used ${calls.length} tools` : name}
    </p>
  )
}

interface PartViewProps {
  message: Message
  index: number
  /** Where the next one begins. */
  end: number
  live: LiveMessage | null
  quiet: boolean
}

/** One part of an answer, or several tool calls; of a live one it renders again only when that very part has changed. */
export const PartView = memo(function PartView({
  message,
  index,
  end,
  live,
  quiet,
}: PartViewProps) {
  const part = useLive(live, message, ({ parts }) => parts[index])
  const open = useLive(
    live,
    message,
    ({ parts, status }) => status === 'running' && index === parts.length - 1,
  )
  // No more than its kind: the part itself changes with each of its words.
  const next = useLive(live, message, ({ parts }) => kindOf(parts[index + 1]))
  const current = live?.snapshot() ?? message
  switch (part?.type) {
    case undefined:
      return null
    case 'text':
      // The object that the text is takes its place.
      if (next === 'output') return null
      return <TextView text={part.text} streaming={live !== null && open} quiet={quiet} />
    case 'reasoning':
      return <ReasoningView part={part} live={live} />
    case 'tool_call':
      return <ToolCalls message={message} live={live} start={index} end={end} />
    case 'output':
      return <OutputView part={part} />
    case 'file':
      return (
        <div className="-mx-2.5">
          <ToolFiles files={[part]} />
        </div>
      )
    case 'notice':
      // The ending says that a wait was never decided.
      if (part.kind === 'waiting' && next === 'stopped') return null
      return <NoticeView runId={current.runId} notice={part} live={live} last={open} />
  }
})

function kindOf(part: MessagePart | undefined): string | undefined {
  return part?.type === 'notice' ? part.kind : part?.type
}
