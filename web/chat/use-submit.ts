import { useCallback, useRef } from 'react'
import type { Conversation, CreateConversation } from '#shared/api.ts'
import { useChat } from './chat-context.tsx'
import { NOT_LOADED } from './failures.ts'
import { focusComposer } from './focus-composer.ts'
import type { Submission } from './outbox.ts'
import { NEW_CHAT } from './place.ts'
import type { Traffic } from './traffic.ts'

/** With what the first message of a new chat creates its conversation. */
export type NewChatSetup = Pick<CreateConversation, 'provider' | 'model' | 'agent' | 'settings'>

/** Sends a text, or asks for another answer in place of a message. */
export function useSubmit(conversation: Conversation | null, newChat: NewChatSetup) {
  const { drafts } = useChat()
  const place = conversation?.id ?? NEW_CHAT
  const withTraffic = useWithTraffic(place)
  const submit = useCallback(
    (what: Pick<Submission, 'text' | 'retryOf'>, { sendings }: Traffic) => {
      const { agent, settings, ...choice } = conversation === null ? newChat : modelOf(conversation)
      void sendings.submit({
        ...what,
        conversationId: conversation?.id ?? null,
        choice,
        setup: { ...(agent ? { agent } : {}), ...(settings ? { settings } : {}) },
      })
    },
    [conversation, newChat],
  )
  // What was pressed to send, an example or Retry, goes away; the focus has to stay somewhere.
  const send = useCallback(
    (text: string) => {
      withTraffic((traffic) => {
        submit({ text: text.trim(), retryOf: null }, traffic)
        drafts.take(place, text)
      })
      focusComposer()
    },
    [withTraffic, submit, drafts, place],
  )
  const retry = useCallback(
    (messageId: string) => {
      withTraffic((traffic) => submit({ text: null, retryOf: messageId }, traffic))
      focusComposer()
    },
    [withTraffic, submit],
  )
  return { send, retry }
}

/** Does it at once, or as soon as it can be done; what else is asked for until then is not. */
function useWithTraffic(place: string) {
  const { traffic, failures } = useChat()
  const waiting = useRef(false)
  return useCallback(
    (act: (traffic: Traffic) => void) => {
      const here = traffic.loaded()
      if (here !== null) return act(here)
      if (waiting.current) return
      waiting.current = true
      traffic
        .load()
        .then(act, () => failures.set(place, NOT_LOADED))
        .finally(() => {
          waiting.current = false
        })
    },
    [traffic, failures, place],
  )
}

function modelOf({ provider, model }: Conversation): NewChatSetup {
  return { ...(provider === null ? {} : { provider }), ...(model === null ? {} : { model }) }
}
