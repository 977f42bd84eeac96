import { useMutation } from '@tanstack/react-query'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { t } from '#shared/translate.ts'
import { rich } from '../../ui/rich.ts'

interface RemoveProviderProps {
  name: string
  /** The dialog closes when this resolves. */
  onRemove: () => Promise<unknown>
  onClose: () => void
}

export function RemoveProvider({ name, onRemove, onClose }: RemoveProviderProps) {
  const removing = useMutation({ mutationFn: onRemove, onSuccess: onClose })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t`Remove ${name}?`}
      footer={
        <>
          <p role="alert" className="mr-auto text-sm text-danger">
            {removing.error?.message}
          </p>
          <Button variant="quiet" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button variant="danger" busy={removing.isPending} onClick={() => removing.mutate()}>
            {t`Remove`}
          </Button>
        </>
      }
    >
      <p className="text-sm">
        {rich`Its key goes with it. Conversations stay, and so does what they cost. One that used ${<span className="wrap-anywhere">{name}</span>} needs another model before it goes on.`}
      </p>
    </Dialog>
  )
}
