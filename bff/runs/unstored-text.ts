// The text of an answer that a person saw and no item holds: the run ended before the model's
// answer was complete. It is kept as an incomplete item, so that the model sees it next turn, too.
import * as z from 'zod/mini'
import type { Item } from '../upstream/types.ts'
import type { Message } from '#shared/message.ts'

const Answer = z.object({
  role: z.literal('assistant'),
  content: z.array(z.object({ text: z.optional(z.string()) })),
})

export function unstoredText(message: Message, items: Item[]): string {
  const shown = message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const stored = items.map(textOf).join('')
  return shown.startsWith(stored) ? shown.slice(stored.length) : ''
}

function textOf(item: Item): string {
  const { data } = Answer.safeParse(item)
  return data === undefined ? '' : data.content.map(({ text }) => text ?? '').join('')
}
