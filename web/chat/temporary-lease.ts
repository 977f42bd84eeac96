// Closes temporary chats when another chat is opened. Usage and settings may be looked at meanwhile.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { conversationQuery } from '../api/queries.ts'
import { useRoute } from '../router.tsx'
import { useToast } from '../ui/toast.tsx'
import { useChat } from './chat-context.ts'
import { OpenTemporaryChats } from './open-temporary-chats.ts'

/** Shows nothing itself. */
export function TemporaryLease() {
  const client = useQueryClient()
  const { drafts, sessions } = useChat()
  const showToast = useToast()
  const [open] = useState(() => {
    const isAnswering = (id: string) => {
      const phase = sessions.loaded()?.at(id).state().phase
      return phase === 'sending' || phase === 'running'
    }
    return new OpenTemporaryChats({ client, drafts, isAnswering, showToast })
  })
  useEffect(() => open.listen(), [open])

  const route = useRoute()
  const id = route.page === 'chat' ? route.conversationId : undefined
  const { data, isError } = useQuery({ ...conversationQuery(id ?? ''), enabled: false })
  // Undefined: no chat is shown, or it is not known yet.
  const isTemporary = id === null || isError ? false : data && data.temporary === true
  useEffect(() => {
    if (id && isTemporary) open.add(id)
    else if (id !== undefined && isTemporary === false) open.closeAll()
  }, [open, id, isTemporary])
  return null
}
