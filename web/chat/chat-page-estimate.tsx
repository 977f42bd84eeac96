import type { Conversation } from '#shared/conversation.ts'
import { RequestLine } from '../context/request-line.tsx'
import { type Attachment, toPart, toSendFile } from './attachment.ts'
import { tokensOf } from './format-attachment.ts'
import { answeredBy } from './thread-rows.ts'
import type { NewChatSetup } from './run-sessions.ts'

interface ChatPageEstimateProps {
  conversation: Conversation | null
  newChat: NewChatSetup
  text: string
  files: readonly Attachment[]
}

export function ChatPageEstimate({ conversation, newChat, text, files }: ChatPageEstimateProps) {
  return (
    <RequestLine
      conversationId={conversation?.id ?? null}
      newChat={newChat}
      text={text}
      files={files
        .filter((file) => tokensOf(file) !== null || file.send)
        .flatMap(toPart)
        .map(toSendFile)}
      answeredBefore={lastAnswer(conversation)}
      version={versionOf(conversation)}
    />
  )
}

/** Returns who wrote the last loaded answer. */
function lastAnswer(conversation: Conversation | null) {
  const answer = conversation?.messages.findLast(({ role }) => role === 'assistant')
  return answer === undefined ? null : answeredBy(answer)
}

function versionOf(conversation: Conversation | null): string {
  if (conversation === null) return ''
  const { agent, provider, model, settings, messages, totals } = conversation
  const end = messages.at(-1)
  return JSON.stringify([agent, provider, model, settings, end?.id, end?.status, totals.calls])
}
