import type { Message, RunStatus } from '#shared/message.ts'
import { messageText } from '#shared/message-text.ts'
import { isWaiting } from './is-waiting.ts'
import { useLive } from './live-message.ts'
import type { ThreadRow } from './thread-row.ts'

export function Progress({ row }: { row: ThreadRow }) {
  return useLive(row.live, row.message, format)
}

const ENDINGS: Record<Exclude<RunStatus, 'completed'>, string> = {
  running: 'The assistant is answering.',
  stopped: 'The answer was stopped.',
  failed: 'The answer failed.',
  interrupted: 'The answer was interrupted.',
}

function format(message: Message): string {
  if (isWaiting(message)) return 'The assistant waits for your decision.'
  if (message.status !== 'completed') return ENDINGS[message.status]
  const words = messageText(message).split(/\s+/).filter(Boolean).length
  return `The assistant has answered in ${words} ${words === 1 ? 'word' : 'words'}.`
}
