import type { Message, MessagePart, NoticeOf, NoticePart } from './message.ts'

/** Returns the text of a message, with its structured output as JSON, without reasoning, tools and notices. */
export function messageText(message: Pick<Message, 'parts'>): string {
  return message.parts.flatMap(textsOf).join('\n\n')
}

function textsOf(part: MessagePart): string[] {
  if (part.type === 'text') return [part.text]
  return part.type === 'output' ? [JSON.stringify(part.value, null, 2)] : []
}

/** Whether an output guardrail has taken the answer back. */
export function isWithheld(parts: readonly MessagePart[]): boolean {
  return parts.some(
    (part) => part.type === 'notice' && part.kind === 'guardrail' && part.stage === 'output',
  )
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
