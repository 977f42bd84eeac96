import { type ReactNode, type SubmitEvent, useId } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { t } from '#shared/translate.ts'

interface FormDialogProps {
  title: string
  submitLabel?: string
  onClose: () => void
  onSubmit: (form: HTMLFormElement) => void
  saving: { isPending: boolean; error: Error | null }
  /** Whether some fields are marked as invalid. */
  isWrong: boolean
  children: ReactNode
}

/** A dialog with a form, and with Cancel and Save, or another label, in its footer. */
export function FormDialog({
  title,
  submitLabel = t`Save`,
  onClose,
  onSubmit,
  saving,
  isWrong,
  children,
}: FormDialogProps) {
  const formId = useId()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSubmit(event.currentTarget)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <p role="alert" className="mr-auto text-sm text-danger">
            {saving.error?.message ?? (isWrong && t`Look at the fields marked in red.`)}
          </p>
          <Button variant="quiet" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={saving.isPending}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="space-y-5" onSubmit={submit}>
        {children}
      </form>
    </Dialog>
  )
}
