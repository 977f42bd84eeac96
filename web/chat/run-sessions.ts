import type { QueryClient } from '@tanstack/react-query'
import type { Conversation, CreateConversation } from '#shared/api.ts'
import type { Message } from '#shared/message.ts'
import type { RetryChoice } from '../transcript/message-actions.ts'
import { toPart } from './attachment.ts'
import { type Drafts, NEW_CHAT } from './drafts.ts'
import { isNewTemporaryChat } from './new-temporary-chat.ts'
import { readOutbox, type Submission } from './outbox.ts'
import { RunSession } from './run-session.ts'

/** With what the first message of a new chat creates its conversation. */
export type NewChatSetup = Pick<
  CreateConversation,
  'provider' | 'model' | 'agent' | 'settings' | 'folderId'
>

/** The thread in which something is asked, as it is on the screen then. */
export interface SubmitContext {
  threadId: string
  /** Null until it is created or loaded. */
  conversation: Conversation | null
  newChat: NewChatSetup
  /** The agent that the next message goes to; null: who has the conversation. */
  agent: string | null
}

interface RunSessionsOptions {
  client: QueryClient
  drafts: Drafts
}

/** The sessions of this page, by thread. */
export class RunSessions {
  readonly #options: RunSessionsOptions
  readonly #sessions = new Map<string, RunSession>()
  #newChats = 0

  /** Sends at once what an earlier load of the page did not get through. */
  constructor(options: RunSessionsOptions) {
    this.#options = options
    for (const submission of readOutbox()) {
      const session = this.at(submission.conversationId ?? NEW_CHAT)
      if (submission.queued) session.enqueue(submission)
      else session.submit(submission)
    }
  }

  /** A new chat and the conversation that it becomes are one session, and one thread on the screen. */
  at(threadId: string): RunSession {
    const known = this.#sessions.get(threadId)
    if (known !== undefined) return known
    const session: RunSession = new RunSession({
      ...this.#options,
      threadId,
      key: threadId === NEW_CHAT && this.#newChats > 0 ? `${NEW_CHAT}-${this.#newChats}` : threadId,
      onCreated: (id) => {
        this.#newChats += 1
        this.#sessions.delete(NEW_CHAT)
        this.#sessions.set(id, session)
      },
    })
    this.#sessions.set(threadId, session)
    return session
  }

  /** `to` is the agent of an example, which is sent without the attachments. */
  send(context: SubmitContext, text: string, to?: string): void {
    const { drafts } = this.#options
    const { threadId, newChat, agent } = context
    const first = to === undefined ? newChat : { ...newChat, agent: to }
    this.at(threadId).submit({
      text: text.trim(),
      files: to === undefined ? drafts.files(threadId).flatMap(toPart) : [],
      retryOf: null,
      ...setupOf({ ...context, newChat: first, agent: to ?? agent }),
    })
    if (to !== undefined) return
    drafts.take(threadId, text)
    drafts.setFiles(threadId, [])
  }

  retry(context: SubmitContext, messageId: string, choice?: RetryChoice): void {
    const setup = setupOf(context)
    const chosen = { ...setup.choice, ...choice }
    this.at(context.threadId).submit({ text: null, retryOf: messageId, ...setup, choice: chosen })
  }

  /** Sends a new version of a message. */
  sendEdited(context: SubmitContext, { id, parentId, parts }: Message, text: string): void {
    this.at(context.threadId).submit({
      text: text.trim(),
      files: parts.filter((part) => part.type === 'file'),
      retryOf: null,
      editOf: { messageId: id, parentId },
      ...setupOf(context),
    })
    this.#options.drafts.set(id, '')
  }
}

/** The conversation that it is sent to, with its model and settings. */
function setupOf(context: SubmitContext): Pick<Submission, 'conversationId' | 'choice' | 'setup'> {
  const { threadId, conversation, newChat, agent } = context
  if (threadId === NEW_CHAT) {
    const { agent: first, settings, folderId, ...choice } = newChat
    const setup = {
      ...(first && { agent: first }),
      ...(settings && { settings }),
      ...(isNewTemporaryChat() ? { temporary: true } : folderId && { folderId }),
    }
    return { conversationId: null, choice, setup }
  }
  const { provider = null, model = null } = conversation ?? {}
  const choice = {
    ...(provider === null ? {} : { provider }),
    ...(model === null ? {} : { model }),
    ...(agent === null ? {} : { agent }),
  }
  return { conversationId: threadId, choice, setup: {} }
}
