import {
  CircleAlert,
  CornerDownRight,
  Gauge,
  Hourglass,
  LoaderCircle,
  RotateCw,
  Scissors,
  ShieldAlert,
} from 'lucide'
import type { ReactNode } from 'react'
import type { NoticeOf, NoticePart } from '#shared/message.ts'
import { retrySentence, waitedSentence } from '#shared/notice-sentences.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Icon } from '../ui/icon.tsx'
import { useNow } from '../ui/use-now.ts'
import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import { HeldBack } from './held-back.tsx'
import type { LiveMessage } from './live-message.ts'
import { WaitingCard } from './waiting-card.tsx'
import { t } from '#shared/translate.ts'

const SourceView = lazyPart(() => import('./source-view.tsx'), 'SourceView', { failed: Nothing })

export interface NoticeViewProps {
  /** Null while it is unknown. */
  runId: string | null
  notice: NoticePart
  live: LiveMessage | null
  /** Nothing has come after it yet. */
  last: boolean
}

export function NoticeView({ runId, notice, live, last }: NoticeViewProps) {
  switch (notice.kind) {
    case 'retry':
      return (
        <Line icon={<Icon of={RotateCw} />}>
          {sentence(notice.text)}{' '}
          {last && live !== null ? (
            <Countdown until={notice.until} attempt={notice.attempt} live={live} />
          ) : (
            retrySentence(notice.attempt)
          )}
        </Line>
      )
    case 'progress':
      return live !== null && last ? (
        <Line icon={<Icon of={LoaderCircle} className="animate-spin motion-reduce:animate-none" />}>
          <span className="tabular-nums">{notice.text}</span>
        </Line>
      ) : null
    case 'guardrail':
      return (
        <Line warning icon={<Icon of={ShieldAlert} />}>
          {visibleText(notice.text)}
        </Line>
      )
    case 'steer':
      return <Line icon={<Icon of={CornerDownRight} />}>{t`You said: ${notice.text}`}</Line>
    case 'context':
      return <Line icon={<Icon of={Scissors} />}>{notice.text}</Line>
    case 'handoff':
      return <Divider>{visibleText(notice.text)}</Divider>
    case 'waiting':
      return <Waiting notice={notice} runId={live === null ? null : runId} />
    case 'decision':
      return <Line icon={<Icon of={Hourglass} />}>{sentence(notice.text)}</Line>
    case 'budget':
      if (notice.heldFor === undefined) {
        return <Line icon={<Icon of={Gauge} />}>{notice.text}</Line>
      }
      return last && live !== null ? (
        <HeldBack text={notice.text} heldFor={notice.heldFor} />
      ) : (
        <Line icon={<Icon of={Hourglass} />}>{waitedSentence(notice.heldFor)}</Line>
      )
    case 'imported':
      return (
        <Line icon={<Icon of={CircleAlert} />}>
          {visibleText(notice.text)}
          {notice.source !== undefined && <SourceView source={notice.source} />}
        </Line>
      )
    case 'damaged':
      return (
        <Line warning icon={<Icon of={CircleAlert} />}>
          {notice.text}
        </Line>
      )
    case 'error':
      // The cause of a failure is said by the message's ending, beside its button.
      return live !== null && last ? (
        <Line icon={<Icon of={CircleAlert} />}>{notice.text}</Line>
      ) : null
    case 'stopped':
      return null
  }
}

/** Without a run that goes on there is nothing to decide. */
function Waiting({ notice, runId }: { notice: NoticeOf<'waiting'>; runId: string | null }) {
  const { waitId, shortage, decision, text } = notice
  if (runId === null || shortage === undefined || decision !== undefined) {
    return <Line icon={<Icon of={Hourglass} />}>{sentence(text)}</Line>
  }
  return <WaitingCard {...{ runId, waitId, shortage, text }} />
}

interface CountdownProps {
  until: string
  attempt: number
  live: LiveMessage
}

function Countdown({ until, attempt, live }: CountdownProps) {
  useNow(250)
  const seconds = Math.ceil((Date.parse(until) - live.now()) / 1_000)
  return <span className="tabular-nums">{retrySentence(attempt, seconds)}</span>
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

/** Divides what one agent has said from what the next one says. */
function Divider({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-center gap-3 text-[13px] text-muted before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  )
}

interface LineProps {
  icon: ReactNode
  /** Emphasized for the reader. */
  warning?: boolean
  children: ReactNode
}

function Line({ icon, warning = false, children }: LineProps) {
  const variant = warning ? 'rounded-lg bg-warn-soft px-3 py-2 text-warn' : 'text-muted'
  return (
    <p className={`flex gap-2 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 ${variant}`}>
      {icon}
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  )
}
