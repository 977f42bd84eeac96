import { CircleAlert, CircleSlash, RotateCw, StepForward, Unplug } from 'lucide'
import type { ReactNode } from 'react'
import type { MessagePart, RunStatus } from '#shared/message.ts'
import { lastNotice } from '#shared/message-text.ts'
import { failureSentence } from '#shared/notice-sentences.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { ErrorActionButton } from '../ui/error-action-button.tsx'
import { t } from '#shared/translate.ts'

export interface EndingSentenceProps {
  status: Exclude<RunStatus, 'running'>
  parts: MessagePart[]
  /** Who answered. */
  provider: string | null
  /** Null if Retry is not offered. */
  onRetry: (() => void) | null
  /** Null if Continue is not offered. */
  onContinue: (() => void) | null
}

export function EndingSentence({ status, parts, provider, ...actions }: EndingSentenceProps) {
  switch (status) {
    case 'completed':
      return (
        <Sentence icon={<Icon of={CircleSlash} />}>{t`The model answered with nothing.`}</Sentence>
      )
    case 'stopped':
      return (
        <Sentence icon={<Icon of={CircleSlash} />} {...actions}>
          {stopSentence(parts)}
        </Sentence>
      )
    case 'failed':
      return (
        <Sentence
          icon={<Icon of={CircleAlert} />}
          variant="bg-danger-soft text-danger"
          {...actions}
          errorAction={
            actions.onRetry !== null && (
              <ErrorActionButton code={lastNotice(parts, 'error')?.code} provider={provider} />
            )
          }
        >
          {failureSentence(lastNotice(parts, 'error'))}
        </Sentence>
      )
    case 'interrupted':
      return (
        <Sentence icon={<Icon of={Unplug} />} variant="bg-warn-soft text-warn" {...actions}>
          {t`Interrupted: Tally was shut down while this answer was being written. What had come is kept.`}
        </Sentence>
      )
  }
}

/** Of the ending itself: an earlier run of the message may have been stopped for another reason. */
function stopSentence(parts: MessagePart[]): string {
  const last = parts.at(-1)
  const isReason = last?.type === 'notice' && last.kind === 'stopped'
  return isReason ? last.text : t`You stopped this answer.`
}

interface SentenceProps {
  icon: ReactNode
  variant?: string
  onRetry?: (() => void) | null
  onContinue?: (() => void) | null
  errorAction?: ReactNode
  children: ReactNode
}

function Sentence({
  icon,
  variant = 'bg-sunken text-muted',
  onRetry = null,
  onContinue = null,
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
          {onContinue !== null && (
            <Button className="h-8" onClick={onContinue}>
              <Icon of={StepForward} className="size-3.5" />
              {t`Continue`}
            </Button>
          )}
          <Button className="h-8" onClick={onRetry}>
            <Icon of={RotateCw} className="size-3.5" />
            {t`Retry`}
          </Button>
        </div>
      )}
    </div>
  )
}
