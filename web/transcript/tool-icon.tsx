import { Check, CircleDashed, CircleHelp, X } from 'lucide-react'
import type { ToolStatus } from '#shared/message.ts'
import { Spinner } from '../ui/spinner.tsx'

/** Says with a shape what the status text says in words. */
export function ToolIcon({ status }: { status: ToolStatus }) {
  const className = 'size-4 shrink-0'
  switch (status) {
    case 'preparing':
      return <CircleDashed aria-hidden className={`${className} text-muted`} />
    case 'running':
      return (
        <span className="flex text-accent">
          <Spinner />
        </span>
      )
    case 'done':
      return <Check aria-hidden className={`${className} text-accent`} />
    case 'failed':
      return <X aria-hidden className={`${className} text-danger`} />
    case 'unknown':
      return <CircleHelp aria-hidden className={`${className} text-warn`} />
  }
}
