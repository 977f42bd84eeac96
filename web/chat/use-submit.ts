import { useCallback } from 'react'
import type { Conversation, CreateConversation } from '#shared/api.ts'
import { useChat } from './chat-context.tsx'
import { focusComposer } from './focus-composer.ts'
import { newKey, type Submission } from './outbox.ts'
import { NEW_CHAT } from './sendings.ts'

/** With what the first message of a new chat creates its conversation. */
export type NewChatSetup = Pick<CreateConversation, 'provider' | 'model' | 'agent' | 'settings'>

/** Sends a text, or asks for another answer in place of a message. */
export function useSubmit(conversation: Conversation | null, newChat: NewChatSetup) {
  const { sendings, drafts } = useChat()

  const submit = useCallback(
    (what: Pick<Submission, 'text' | 'retryOf'>) => {
      const { agent, settings, ...choice } = conversation === null ? newChat : modelOf(conversation)
      void sendings.submit({
        ...what,
        key: newKey(),
        conversationId: conversation?.id ?? null,
        choice,
        setup: { ...(agent ? { agent } : {}), ...(settings ? { settings } : {}) },
      })
    },
    [sendings, conversation, newChat],
  )
  // What was pressed to send, an example or Retry, goes away; the focus has to stay somewhere.
  const send = useCallback(
    (text: string) => {
      submit({ text: text.trim(), retryOf: null })
      drafts.set(conversation?.id ?? NEW_CHAT, '')
      focusComposer()
    },
    [submit, drafts, conversation?.id],
  )
  const retry = useCallback(
    (messageId: string) => {
      submit({ text: null, retryOf: messageId })
      focusComposer()
    },
    [submit],
  )
  return { send, retry }
}

function modelOf({ provider, model }: Conversation): NewChatSetup {
  return { ...(provider === null ? {} : { provider }), ...(model === null ? {} : { model }) }
}
