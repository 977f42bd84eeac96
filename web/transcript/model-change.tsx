import { ArrowRightLeft } from 'lucide'
import { Icon } from '../ui/icon.tsx'
import { modelProviderLabel } from '../ui/model-provider-label.ts'
import type { AnsweredBy } from './thread-row.ts'
import { t } from '#shared/translate.ts'

interface ModelChangeProps {
  from: AnsweredBy
  to: AnsweredBy
}

/** Marks where another model goes on with the conversation. */
export function ModelChange({ from, to }: ModelChangeProps) {
  return (
    <p className="mt-6 flex items-center gap-3 text-xs text-muted before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
      <span className="flex min-w-0 items-center gap-1.5 wrap-anywhere">
        <Icon of={ArrowRightLeft} className="size-3.5 shrink-0" />
        {t`Model changed from ${modelProviderLabel(from)} to ${modelProviderLabel(to)}`}
      </span>
    </p>
  )
}
