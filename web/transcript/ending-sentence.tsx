import { CircleAlert, CircleSlash, RotateCw, Unplug } from 'lucide'
import type { ReactNode } from 'react'
import type { MessagePart, RunStatus } from '#shared/message.ts'
import { lastNotice } from '#shared/message-text.ts'
import { failureSentence } from '#shared/notice-sentences.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { ErrorActionButton } from '../ui/error-action-button.tsx'

export interface EndingSentenceProps {
  status: Exclude<RunStatus, 'running'>
  parts: MessagePart[]
  /** Who answered. */
  provider: string | null
  /** Null if Retry is not offered. */
  onRetry: (() => void) | null
}

export function EndingSentence({ status, parts, provider, onRetry }: EndingSentenceProps) {
  switch (status) {
    case 'completed':
      return <Sentence icon={<Icon of={CircleSlash} />}>The model answered with nothing.</Sentence>
    case 'stopped':
      return (
        <Sentence icon={<Icon of={CircleSlash} />} onRetry={onRetry}>
          {lastNotice(parts, 'stopped')?.text ?? 'You stopped this answer.'}
        </Sentence>
      )
    case 'failed':
      return (
        <Sentence
          icon={<Icon of={CircleAlert} />}
          variant="bg-danger-soft text-danger"
          onRetry={onRetry}
          errorAction={
            onRetry !== null && (
              <ErrorActionButton code={lastNotice(parts, 'error')?.code} provider={provider} />
            )
          }
        >
          {failureSentence(lastNotice(parts, 'error'))}
        </Sentence>
      )
    case 'interrupted':
      return (
        <Sentence icon={<Icon of={Unplug} />} variant="bg-warn-soft text-warn" onRetry={onRetry}>
          Interrupted: Tally was shut down while this answer was being written. What had come is
          kept.
        </Sentence>
      )
  }
}

interface SentenceProps {
  icon: ReactNode
  variant?: string
  onRetry?: (() => void) | null
  errorAction?: ReactNode
  children: ReactNode
}

function Sentence({
  icon,
  variant = 'bg-sunken text-muted',
  onRetry = null,
  errorAction = null,
  children,
}: SentenceProps) {
  return (
    <div
      className={`flex items-center gap-x-3 rounded-xl py-2 pr-2 pl-3.5 text-sm max-sm:flex-wrap ${variant}`}
    >
      {/* A long sentence has a small screen's line to itself, the button the next one. */}
      <div className="flex min-w-0 grow items-center gap-3">
        <span aria-hidden className="[&_svg]:size-4">
          {icon}
        </span>
        <p className="min-w-0 py-1 wrap-anywhere">{children}</p>
      </div>
      {onRetry !== null && (
        <div className="ml-auto flex shrink-0 flex-wrap justify-end gap-2">
          {errorAction}
          <Button className="h-8" onClick={onRetry}>
            <Icon of={RotateCw} className="size-3.5" />
            Retry
          </Button>
        </div>
      )}
    </div>
  )
}
