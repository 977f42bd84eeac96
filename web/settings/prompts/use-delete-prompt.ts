import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Prompt } from '#shared/prompts.ts'
import { visibleText } from '#shared/visible-text.ts'
import { createPrompt, deletePrompt, promptsQuery } from '../../api/prompts.ts'
import { useToast } from '../../ui/toast.tsx'
import { t } from '#shared/translate.ts'

/** Deletes a prompt at once, with an Undo toast, which makes an equal one. */
export function useDeletePrompt() {
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
