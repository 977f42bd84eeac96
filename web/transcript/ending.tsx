import { CircleAlert, CircleSlash, RotateCw, Unplug } from 'lucide'
import type { ReactNode } from 'react'
import type { Message } from '#shared/message.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useLive } from './live-message.ts'
import type { ThreadRow } from './thread-row.ts'

interface EndingProps {
  row: ThreadRow
  /** Null where trying again is not offered. */
  onRetry: (() => void) | null
}

/** How an answer ended, in a sentence, when it did not simply end. */
export function Ending({ row, onRetry }: EndingProps) {
  const status = useLive(row.live, row.message, (message) => message.status)
  const cause = useLive(row.live, row.message, causeOf)
  const empty = useLive(row.live, row.message, ({ parts }) => parts.length === 0)
  switch (status) {
    case 'running':
      return null
    case 'completed':
      return empty ? (
        <Sentence icon={<Icon of={CircleSlash} />}>The model answered with nothing.</Sentence>
      ) : null
    case 'stopped':
      return (
        <Sentence icon={<Icon of={CircleSlash} />} onRetry={onRetry}>
          You stopped this answer.
        </Sentence>
      )
    case 'failed':
      return (
        <Sentence
          icon={<Icon of={CircleAlert} />}
          look="bg-danger-soft text-danger"
          onRetry={onRetry}
        >
          {cause ?? 'This answer failed.'}
        </Sentence>
      )
    case 'interrupted':
      return (
        <Sentence icon={<Icon of={Unplug} />} look="bg-warn-soft text-warn" onRetry={onRetry}>
          Interrupted: Tally was shut down while this answer was being written. What had come is
          kept.
        </Sentence>
      )
  }
}

function causeOf({ parts }: Message): string | null {
  const error = parts.findLast((part) => part.type === 'notice' && part.kind === 'error')
  return error?.type === 'notice' ? error.text : null
}

interface SentenceProps {
  icon: ReactNode
  look?: string
  onRetry?: (() => void) | null
  children: ReactNode
}

function Sentence({
  icon,
  look = 'bg-sunken text-muted',
  onRetry = null,
  children,
}: SentenceProps) {
  return (
    <div className={`flex items-center gap-3 rounded-xl py-2 pr-2 pl-3.5 text-sm ${look}`}>
      <span aria-hidden className="[&_svg]:size-4">
        {icon}
      </span>
      <p className="min-w-0 flex-1 py-1 wrap-anywhere">{children}</p>
      {onRetry !== null && (
        <Button className="h-8 shrink-0" onClick={onRetry}>
          <Icon of={RotateCw} className="size-3.5" />
          Retry
        </Button>
      )}
    </div>
  )
}
