import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import type { RepriceFilter } from '#shared/prices.ts'
import { previewReprice, startReprice } from '../../api/prices.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../text-field.tsx'
import { ProviderNames } from './price-fields.tsx'
import { PreviewTable } from './preview-table.tsx'
import { t } from '#shared/translate.ts'

interface RepriceDialogProps {
  providers: string[]
  onStarted: () => void
  onClose: () => void
}

const NOTHING = { from: '', to: '', provider: '', model: '' }

export function RepriceDialog({ providers, onStarted, onClose }: RepriceDialogProps) {
  const formId = useId()
  const listId = useId()
  const [fields, setFields] = useState(NOTHING)
  const previewing = useMutation({ mutationFn: previewReprice })
  const starting = useMutation({
    mutationFn: startReprice,
    onSuccess: () => {
      onStarted()
      onClose()
    },
  })
  const preview = previewing.data
  const error = previewing.error ?? starting.error
  const set = (name: keyof typeof NOTHING) => (text: string) => {
    setFields({ ...fields, [name]: text })
    // The preview is outdated.
    previewing.reset()
  }
  const showPreview = (event: SubmitEvent) => {
    event.preventDefault()
    previewing.mutate(toFilter(fields))
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t`Price the ledger again`}
      footer={
        <>
          <p role="alert" className="mr-auto text-sm text-danger">
            {error?.message}
          </p>
          <Button variant="quiet" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" form={formId} busy={previewing.isPending}>
            {t`Preview`}
          </Button>
          {preview !== undefined && preview.changed > 0 && (
            <Button
              variant="primary"
              busy={starting.isPending}
              onClick={() => starting.mutate(toFilter(fields))}
            >
              {t`Apply`}
            </Button>
          )}
        </>
      }
    >
      <form id={formId} noValidate className="space-y-5" onSubmit={showPreview}>
        <p className="text-sm text-muted">
          {t`A request keeps the price it was made with. Repricing recalculates it from its recorded usage, at the prices in force on its day. Amounts reported by a provider stay. Changes are recorded and can be undone.`}
        </p>
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <TextField
            label={t`From`}
            type="date"
            text={fields.from}
            wrong={false}
            onText={set('from')}
          />
          <TextField
            label={t`To`}
            hint={t`This day included, in UTC`}
            type="date"
            text={fields.to}
            wrong={false}
            onText={set('to')}
          />
          <TextField
            label={t`Provider`}
            hint={t`Leave blank for all`}
            list={listId}
            text={fields.provider}
            wrong={false}
            onText={set('provider')}
          />
          <TextField
            label={t`Model`}
            hint={t`Leave blank for all`}
            text={fields.model}
            wrong={false}
            onText={set('model')}
          />
        </div>
        <ProviderNames id={listId} names={providers} />
      </form>
      {preview !== undefined && (
        <div ref={scrollToPreview}>
          <PreviewTable preview={preview} />
        </div>
      )}
    </Dialog>
  )
}

/** Scrolls to the preview, which is below the fields on a phone. */
function scrollToPreview(preview: HTMLElement | null): void {
  preview?.scrollIntoView({ block: 'nearest' })
}

function toFilter({ from, to, provider, model }: typeof NOTHING): RepriceFilter {
  return {
    from: from || null,
    to: to || null,
    provider: provider.trim() || null,
    model: model.trim() || null,
  }
}
