import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { previewSentence } from '#shared/summary-sentences.ts'
import { createSummary, reloadSummaries, summaryPreviewQuery } from '../api/summaries.ts'
import { Button } from '../ui/button.tsx'
import { t } from '#shared/translate.ts'

/** Replaces the oldest messages by a summary, after saying what that costs and saves. */
export function Summarize({ conversationId }: { conversationId: string }) {
  const [asked, setAsked] = useState(false)
  return asked ? (
    <Preview conversationId={conversationId} onClose={() => setAsked(false)} />
  ) : (
    <Button onClick={() => setAsked(true)}>{t`Summarize older messages`}</Button>
  )
}

function Preview({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const client = useQueryClient()
  const { data: preview, error, isFetching } = useQuery(summaryPreviewQuery(conversationId))
  const making = useMutation({
    mutationFn: () => createSummary(conversationId),
    onSuccess: async () => {
      await reloadSummaries(client, conversationId)
      onClose()
    },
  })
  const problem = making.error ?? error
  return (
    <section
      aria-label={t`Summarize older messages`}
      className="space-y-3 rounded-xl border border-line p-3.5 text-sm"
    >
      {isFetching && <output className="text-muted">{t`Estimating what it costs…`}</output>}
      {preview !== undefined && !isFetching && (
        <p className="tabular-nums">
          {t`The model is sent a summary instead of the ${preview.messages} oldest messages. They stay here, and you can edit or undo the summary.`}{' '}
          {previewSentence(preview)}
        </p>
      )}
      {problem !== null && (
        <p role="alert" className="text-danger">
          {problem.message}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="quiet" onClick={onClose}>
          {t`Cancel`}
        </Button>
        <Button
          variant="primary"
          busy={making.isPending}
          disabled={preview === undefined || isFetching}
          onClick={() => making.mutate()}
        >
          {t`Summarize`}
        </Button>
      </div>
    </section>
  )
}
