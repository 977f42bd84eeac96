import { ArrowRightLeft, CircleAlert, Gauge, Hourglass, LoaderCircle, RotateCw } from 'lucide'
import type { ReactNode } from 'react'
import type { NoticePart } from '#shared/message.ts'
import { Icon } from '../ui/icon.tsx'
import { useNow } from '../ui/use-now.ts'
import { HeldBack } from './held-back.tsx'
import type { LiveMessage } from './live-message.ts'
import { WaitingCard } from './waiting-card.tsx'

export interface NoticeViewProps {
  /** Null while it is not known. */
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
          {last && live !== null && notice.until !== undefined ? (
            <Countdown until={notice.until} attempt={notice.attempt} live={live} />
          ) : (
            `Tried again${attemptOf(notice.attempt)}.`
          )}
        </Line>
      )
    case 'progress':
      return live !== null && last ? (
        <Line icon={<Icon of={LoaderCircle} className="animate-spin motion-reduce:animate-none" />}>
          <span className="tabular-nums">{notice.text}</span>
        </Line>
      ) : null
    case 'handoff':
      return <Line icon={<Icon of={ArrowRightLeft} />}>{notice.text}</Line>
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
function Waiting({ notice, runId }: Pick<NoticeViewProps, 'notice' | 'runId'>) {
  const { waitId, shortage, decision, text } = notice
  if (runId === null || !waitId || !shortage || decision !== undefined) {
    return <Line icon={<Icon of={Hourglass} />}>{sentence(text)}</Line>
  }
  return <WaitingCard {...{ runId, waitId, shortage, text }} />
}

interface CountdownProps {
  until: string
  attempt: number | undefined
  live: LiveMessage
}

function Countdown({ until, attempt, live }: CountdownProps) {
  useNow(250)
  const seconds = Math.ceil((Date.parse(until) - live.now()) / 1_000)
  const when = seconds > 0 ? `in ${seconds} s` : 'now'
  return <span className="tabular-nums">{`Trying again ${when}${attemptOf(attempt)}.`}</span>
}

function attemptOf(attempt: number | undefined): string {
  return attempt === undefined ? '' : `, attempt ${attempt}`
}

/** Also where it was stopped meanwhile. */
function waitedSentence(heldFor: string[]): string {
  const what = heldFor.length === 0 ? 'requests under way' : 'a stopped answer to be counted'
  return `Waited for ${what}: what was left of a budget was held back.`
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

interface LineProps {
  icon: ReactNode
  /** What the reader must not overlook. */
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
