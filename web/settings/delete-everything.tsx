import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide'
import { useState } from 'react'
import { deleteAllConversations, exportEstimateQuery, takeBack } from '../api/transfer.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { useToast } from '../ui/toast.tsx'
import { formatBytes } from './format-bytes.ts'
import { language, plural, t } from '#shared/translate.ts'

/** What is stored, and the way to delete all conversations. */
export function DeleteEverything() {
  const stored = useQuery(exportEstimateQuery()).data
  const [asking, setAsking] = useState(false)
  return (
    <section aria-labelledby="stored-data" className="py-5">
      <h3 id="stored-data" className="font-medium">
        {t`Stored data`}
      </h3>
      <p className="max-w-prose pt-0.5 text-sm text-muted tabular-nums">
        {stored !== undefined && (
          <>
            {t`${formatConversations(stored.conversations)} and what belongs to them take ${formatBytes(stored.storedBytes)} on disk.`}{' '}
          </>
        )}
        {t`Deleting conversations keeps what they cost: usage, budgets and receipts stay.`}
      </p>
      <Button
        variant="danger"
        className="mt-3 border border-line"
        aria-haspopup="dialog"
        disabled={stored?.conversations === 0}
        onClick={() => setAsking(true)}
      >
        <Icon of={Trash2} className="size-4" />
        {t`Delete all conversations`}
      </Button>
      {asking && <ConfirmDelete onClose={() => setAsking(false)} />}
    </section>
  )
}

function ConfirmDelete({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  const showToast = useToast()
  const reload = () => client.invalidateQueries()
  const undo = useMutation({
    mutationFn: takeBack,
    onSettled: reload,
    onError: (error) => showToast({ text: t`Not all could be restored. ${error.message}` }),
  })
  const removing = useMutation({
    mutationFn: deleteAllConversations,
    onSuccess: (changes) => {
      onClose()
      showToast({
        text: t`Deleted all conversations.`,
        action: { label: t`Undo`, run: () => undo.mutate(changes) },
      })
    },
    onSettled: reload,
  })
  return (
    <Dialog
      open
      title={t`Delete all conversations?`}
      onOpenChange={onClose}
      footer={
        <>
          <p role="alert" className="mr-auto text-sm text-danger">
            {removing.error?.message}
          </p>
          <Button variant="quiet" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button
            variant="danger"
            className="border border-line"
            busy={removing.isPending}
            onClick={() => removing.mutate()}
          >
            {t`Delete all`}
          </Button>
        </>
      }
    >
      <p className="text-sm">
        {t`This includes archived conversations. Answers that are being written are stopped. Export everything first if you may need them again.`}
      </p>
    </Dialog>
  )
}

function formatConversations(count: number): string {
  return plural(count, {
    one: t`1 conversation`,
    other: t`${count.toLocaleString(language())} conversations`,
  })
}
