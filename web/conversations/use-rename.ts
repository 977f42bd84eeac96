import { useMutation, useQueryClient } from '@tanstack/react-query'
import { chatPaths } from '#shared/chat-paths.ts'
import { send } from '../api/request.ts'
import { useToast } from '../ui/toast.tsx'
import { holdList, retitle } from './listed-conversations.ts'

/** Renames optimistically and reverts if the request fails. */
export function useRename(id: string, title: string) {
  const client = useQueryClient()
  const showToast = useToast()
  const rename = useMutation({
    mutationFn: (wanted: string) =>
      send(chatPaths.conversation(id), { method: 'PATCH', body: { title: wanted } }),
    onMutate: async (wanted) => {
      retitle(client, id, wanted)
      await holdList(client)
    },
    onError: (error) => {
      retitle(client, id, title)
      showToast({ text: `“${title}” keeps its name. ${error.message}` })
    },
  })
  return rename.mutate
}
