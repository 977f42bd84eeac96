import type { Message } from './message.ts'

/** Returns the text of a message, without reasoning, tools and notices. */
export function messageText(message: Pick<Message, 'parts'>): string {
  return message.parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('\n\n')
}
