import { useQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Download, Plus } from 'lucide'
import { useState } from 'react'
import type { Prompt } from '#shared/prompts.ts'
import { promptsQuery, createPrompt, deletePrompt } from '../../api/prompts.ts'
import { PromptDialog } from '../../prompts/prompt-dialog.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ImportPrompts } from './import-prompts.tsx'
import { PromptCard } from './prompt-card.tsx'
import { t } from '#shared/translate.ts'
import { visibleText } from '#shared/visible-text.ts'
import { useToast } from '../../ui/toast.tsx'

/** The library of prompts. */
export function PromptsSection() {
  const prompts = useQuery({ ...promptsQuery(), staleTime: 0 })
  const [edited, setEdited] = useState<Prompt | 'new' | null>(null)
  const remove = useDeletePrompt()
  const count = prompts.data?.length ?? 0
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">{t`Prompts`}</h2>
      <p className="max-w-prose pt-1 text-sm text-muted">
        {t`Texts you use again. Type / in an empty message to insert one.`}
      </p>
      <ImportPrompts>
        <Button variant="primary" onClick={() => setEdited('new')}>
          <Icon of={Plus} className="size-4" />
          {t`New prompt`}
        </Button>
        {count > 0 && (
          <a
            href="/api/prompts/export"
            download
            className="inline-flex h-9 items-center gap-2 rounded-lg border border-line bg-surface px-3.5 text-sm font-medium hover:bg-sunken pointer-coarse:h-11"
          >
            <Icon of={Download} className="size-4 text-muted" />
            {t`Export`}
          </a>
        )}
      </ImportPrompts>
      {prompts.isPending && <Skeleton className="mt-5 h-40 w-full" />}
      {prompts.isError && prompts.data === undefined && (
        <ErrorState
          title={t`The prompts could not be loaded`}
          error={prompts.error}
          onRetry={() => void prompts.refetch()}
        />
      )}
      {prompts.data?.length === 0 && (
        <div className="mt-5 rounded-xl border border-dashed border-line-strong">
          <EmptyState title={t`There are no prompts`}>
            {t`Make one, or import those of Tally, Open WebUI or another product.`}
          </EmptyState>
        </div>
      )}
      <ul aria-label={t`Prompts`} hidden={count === 0} className="space-y-3 pt-5">
        {prompts.data?.map((prompt) => (
          <PromptCard
            key={prompt.id}
            prompt={prompt}
            onEdit={() => setEdited(prompt)}
            onDelete={() => remove(prompt)}
          />
        ))}
      </ul>
      {edited !== null && (
        <PromptDialog
          prompt={edited === 'new' ? null : edited}
          onSaved={() => setEdited(null)}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  )
}

/** Deletes a prompt at once, with an Undo toast, which makes an equal one. */
function useDeletePrompt() {
  const client = useQueryClient()
  const showToast = useToast()
  const reload = () => client.invalidateQueries(promptsQuery())

  const restore = useMutation({
    mutationFn: ({ name, text }: Prompt) => createPrompt({ name, text }),
    onSettled: reload,
    onError: (error) => showToast({ text: t`The prompt was not restored. ${error.message}` }),
  })
  const remove = useMutation({
    mutationFn: ({ id }: Prompt) => deletePrompt(id),
    onSettled: reload,
    onSuccess: (_, prompt) =>
      showToast({
        text: t`Deleted the prompt ${visibleText(prompt.name)}.`,
        action: { label: t`Undo`, run: () => restore.mutate(prompt) },
      }),
    onError: (error) => showToast({ text: t`The prompt was not deleted. ${error.message}` }),
  })
  return (prompt: Prompt) => remove.mutate(prompt)
}
