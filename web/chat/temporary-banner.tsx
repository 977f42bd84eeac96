import { useMutation, useQueryClient } from '@tanstack/react-query'
import { MessageCircleDashed } from 'lucide'
import { ALL_LISTS } from '../api/conversation-lists.ts'
import { updateConversation } from '../api/conversations.ts'
import { conversationQuery } from '../api/queries.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useToast } from '../ui/toast.tsx'
import { focusComposer } from './focus-composer.ts'
import { t } from '#shared/translate.ts'

/** Stands above an open temporary chat. */
export function TemporaryBanner({ id }: { id: string }) {
  const client = useQueryClient()
  const showToast = useToast()
  const keep = useMutation({
    mutationFn: () => updateConversation(id, { temporary: false }),
    onSuccess: (kept) => {
      client.setQueryData(conversationQuery(id).queryKey, (loaded) => {
        const { temporary: _, ...open } = { ...loaded, ...kept }
        return { ...open, messages: loaded?.messages ?? kept.messages }
      })
      showToast({ text: t`The chat is kept. It is in the list now.` })
      focusComposer()
      return client.invalidateQueries(ALL_LISTS)
    },
    onError: (error) => showToast({ text: t`The chat could not be kept. ${error.message}` }),
  })
  return (
    <div
      role="note"
      aria-label={t`Temporary chat`}
      className="flex shrink-0 items-center gap-x-3 border-b border-dashed border-line-strong bg-sunken px-4 py-1.5 text-sm text-muted"
    >
      <Icon of={MessageCircleDashed} className="size-4 shrink-0 text-accent max-sm:hidden" />
      <p className="mr-auto min-w-0 py-1 text-xs/5">
        {t`In no list or search, and deleted when you close it. Its cost stays in Usage.`}
      </p>
      <Button variant="secondary" busy={keep.isPending} onClick={() => keep.mutate()}>
        {t`Keep this chat`}
      </Button>
    </div>
  )
}
