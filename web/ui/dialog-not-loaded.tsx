import { X } from 'lucide'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { Icon } from './icon.tsx'
import { t } from '#shared/translate.ts'

interface DialogNotLoadedProps {
  onClose?: () => void
  onOpenChange?: (open: boolean) => void
}

/** Shown if a dialog cannot be loaded. Opening the dialog again retries. */
export function DialogNotLoaded({ onClose, onOpenChange }: DialogNotLoadedProps) {
  const close = () => {
    onClose?.()
    onOpenChange?.(false)
  }
  return (
    <div
      role="alert"
      className="fixed inset-x-4 bottom-4 z-20 mx-auto flex max-w-md items-center gap-3 rounded-xl border border-line bg-surface py-2 pr-2 pl-4 text-sm shadow-float"
    >
      <p className="mr-auto">{t`This could not be loaded. Tally may have been updated or stopped.`}</p>
      <Button onClick={() => location.reload()}>{t`Reload`}</Button>
      <IconButton label={t`Close`} onClick={close}>
        <Icon of={X} />
      </IconButton>
    </div>
  )
}
