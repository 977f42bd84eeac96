import { RotateCw } from 'lucide'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { t } from '#shared/translate.ts'

interface ErrorStateProps {
  title: string
  /** Its message tells the user what to do. */
  error: Error
  onRetry: () => void
}

export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-4 py-10 text-center text-sm">
      <div>
        <p className="font-medium text-ink">{title}</p>
        <p className="max-w-sm text-balance text-muted">{error.message}</p>
      </div>
      <Button onClick={onRetry}>
        <Icon of={RotateCw} className="size-4" />
        {t`Try again`}
      </Button>
    </div>
  )
}
