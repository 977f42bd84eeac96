import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { FoldVertical } from 'lucide'
import { useId, useState } from 'react'
import { type ConversationSummaryText, MAX_SUMMARY_CHARS } from '#shared/summaries.ts'
import { savedSentence } from '#shared/summary-sentences.ts'
import { visibleText } from '#shared/visible-text.ts'
import { editSummary, reloadSummaries, summariesQuery, undoSummary } from '../api/summaries.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { t } from '#shared/translate.ts'

interface SummaryCardProps {
  conversationId: string
  summaryId: string
}

/** Below the last message that a summary stands for. */
export function SummaryCard({ conversationId, summaryId }: SummaryCardProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { data } = useQuery({ ...summariesQuery(conversationId), staleTime: 0 })
  const summary = data?.items.find((one) => one.id === summaryId)
  if (summary === undefined) return null
  const { messages, automatic } = summary
  return (
    <section
      aria-label={t`Summary of ${messages} messages`}
      className="mt-6 rounded-xl border border-line bg-sunken text-sm"
    >
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full items-center gap-2.5 rounded-xl px-3.5 py-2 text-left text-muted hover:text-ink"
      >
        <Icon of={FoldVertical} className="size-4 shrink-0" />
        <span>
          {automatic
            ? t`The model is sent a summary instead of the ${messages} messages above, made because the context was filling up.`
            : t`The model is sent a summary instead of the ${messages} messages above.`}
        </span>
      </button>
      <div id={id} hidden={!open}>
        {open && <Details conversationId={conversationId} summary={summary} />}
      </div>
    </section>
  )
}

interface DetailsProps {
  conversationId: string
  summary: ConversationSummaryText
}

function Details({ conversationId, summary }: DetailsProps) {
  const client = useQueryClient()
  const [draft, setDraft] = useState<string | null>(null)
  const saving = useMutation({
    mutationFn: (text: string) => editSummary(conversationId, summary.id, text),
    onSuccess: async () => {
      await reloadSummaries(client, conversationId)
      setDraft(null)
    },
  })
  const undoing = useMutation({
    mutationFn: () => undoSummary(conversationId, summary.id),
    onSuccess: () => reloadSummaries(client, conversationId),
  })
  const problem = saving.error ?? undoing.error
  return (
    <div className="space-y-3 border-t border-line px-3.5 py-3">
      {draft === null ? (
        <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
          {visibleText(summary.text)}
        </p>
      ) : (
        <textarea
          aria-label={t`Summary`}
          className="field-sizing-content max-h-96 min-h-32 w-full rounded-lg border border-line-strong bg-surface px-3 py-2"
          maxLength={MAX_SUMMARY_CHARS}
          value={draft}
          onChange={({ target }) => setDraft(target.value)}
        />
      )}
      <p className="text-xs text-muted tabular-nums">
        {summary.editedAt !== null && `${t`Edited.`} `}
        {savedSentence(summary)}
      </p>
      {problem !== null && (
        <p role="alert" className="text-danger">
          {problem.message}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {draft === null ? (
          <>
            <Button onClick={() => setDraft(summary.text)}>{t`Edit summary`}</Button>
            <Button busy={undoing.isPending} onClick={() => undoing.mutate()}>
              {t`Undo summary`}
            </Button>
          </>
        ) : (
          <>
            <Button
              variant="primary"
              busy={saving.isPending}
              disabled={draft.trim() === ''}
              onClick={() => saving.mutate(draft)}
            >
              {t`Save summary`}
            </Button>
            <Button variant="quiet" onClick={() => setDraft(null)}>
              {t`Cancel`}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
