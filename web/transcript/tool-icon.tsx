import { Ban, Check, CircleDashed, CircleHelp, Hourglass, X } from 'lucide'
import type { ToolStatus } from '#shared/message.ts'
import { Icon } from '../ui/icon.tsx'
import { Spinner } from '../ui/spinner.tsx'

/** Says with a shape what the status text says in words. */
export function ToolIcon({ status }: { status: ToolStatus }) {
  const className = 'size-4 shrink-0'
  switch (status) {
    case 'preparing':
      return <Icon of={CircleDashed} className={`${className} text-muted`} />
    case 'running':
      return (
        <span className="flex text-accent">
          <Spinner />
        </span>
      )
    case 'waiting':
      return <Icon of={Hourglass} className={`${className} text-warn`} />
    case 'done':
      return <Icon of={Check} className={`${className} text-accent`} />
    case 'denied':
      return <Icon of={Ban} className={`${className} text-muted`} />
    case 'failed':
      return <Icon of={X} className={`${className} text-danger`} />
    case 'unknown':
      return <Icon of={CircleHelp} className={`${className} text-warn`} />
  }
}
