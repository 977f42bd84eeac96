import type { Message } from './message.ts'

/** The text a person reads, without reasoning, tools and notices. */
export function messageText(message: Pick<Message, 'parts'>): string {
  return message.parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('\n\n')
}
