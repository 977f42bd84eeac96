import type { Message, MessagePart, NoticeOf, NoticePart } from './message.ts'

/** Returns the text of a message, without reasoning, tools and notices. */
export function messageText(message: Pick<Message, 'parts'>): string {
  return message.parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('\n\n')
}

/** Returns the last notice of a kind. */
export function lastNotice<Kind extends NoticePart['kind']>(
  parts: readonly MessagePart[],
  kind: Kind,
): NoticeOf<Kind> | null {
  const isOfKind = (part: MessagePart): part is NoticeOf<Kind> =>
    part.type === 'notice' && part.kind === kind
  return parts.findLast(isOfKind) ?? null
}
