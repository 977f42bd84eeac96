import type { Message, RunStatus } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import { isWaiting } from './is-waiting.ts'
import { useLive } from './live-message.ts'
import type { ThreadRow } from './thread-row.ts'
import { plural, t } from '#shared/translate.ts'

export function Progress({ row }: { row: ThreadRow }) {
  return useLive(row.live, row.message, format)
}

const ENDINGS: Record<Exclude<RunStatus, 'completed'>, string> = {
  running: t`The assistant is answering.`,
  stopped: t`The answer was stopped.`,
  failed: t`The answer failed.`,
  interrupted: t`The answer was interrupted.`,
}

function format(message: Message): string {
  if (isWaiting(message)) return t`The assistant waits for your decision.`
  const last = message.parts.at(-1)
  if (message.status === 'running' && last?.type === 'notice' && last.kind === 'steer') {
    return t`The agent was told.`
  }
  if (message.status !== 'completed') return ENDINGS[message.status]
  const words = messageText(message).split(/\s+/).filter(Boolean).length
  return plural(words, {
    one: t`The assistant has answered in 1 word.`,
    other: t`The assistant has answered in ${words} words.`,
  })
}
