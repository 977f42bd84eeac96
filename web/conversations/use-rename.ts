import { useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../api/request.ts'
import { useToast } from '../ui/toast.tsx'
import { holdList, retitle } from './listed-conversations.ts'
import { t } from '#shared/translate.ts'

/** Renames optimistically and reverts if the request fails. */
export function useRename(id: string, title: string) {
  const client = useQueryClient()
  const showToast = useToast()
  const rename = useMutation({
    mutationFn: (wanted: string) =>
      send(`/api/conversations/${id}`, { method: 'PATCH', body: { title: wanted } }),
    onMutate: async (wanted) => {
      retitle(client, id, wanted)
      await holdList(client)
    },
    onError: (error) => {
      retitle(client, id, title)
      showToast({ text: t`“${title}” keeps its name. ${error.message}` })
    },
  })
  return rename.mutate
}
