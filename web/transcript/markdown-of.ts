import type { Message, MessagePart } from '#shared/message.ts'
import { t } from '#shared/translate.ts'

/** Returns a message as Markdown: its text, the tools it used, and structured output as code. */
export function markdownOf({ parts }: Pick<Message, 'parts'>): string {
  return parts.flatMap(blockOf).join('\n\n')
}

function blockOf(part: MessagePart): string[] {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? [] : [part.text.trim()]
    case 'tool_call':
      return [
        t`> Used \`${part.name}\``,
        ...(part.files ?? []).map(({ name }) => t`> File \`${plain(name)}\``),
      ]
    case 'file':
      return [t`> Attached \`${plain(part.name)}\``]
    case 'output':
      return [`\`\`\`json\n${JSON.stringify(part.value, null, 2)}\n\`\`\``]
    case 'reasoning':
    case 'notice':
      return []
  }
}

function plain(name: string): string {
  return name.replaceAll('`', ' ')
}
