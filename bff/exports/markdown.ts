// The selected branch as Markdown to read, with headings in the language of the reader. Reasoning and progress are
// left out.
import type { Message, MessagePart, NoticePart, ToolCallPart } from '#shared/message.ts'
import { t } from '#shared/translate.ts'
import { translateMessage } from '../conversations/translate-parts.ts'
import { branchNumbers, readMessage } from './export-store.ts'
import type { Exported } from './exported-conversation.ts'
import { authorLabel, endingSentence, toolStatusLabel } from './labels.ts'

export async function* markdownParts(exported: Exported): AsyncGenerator<string> {
  const { db, live, conversation } = exported
  yield `# ${conversation.title.replaceAll(/\s+/g, ' ').trim()}\n`
  for (const number of await branchNumbers(db, conversation.id, conversation.selectedMessageId)) {
    const read = await readMessage(db, live, number)
    if (read !== null) yield `\n${messageMarkdown(translateMessage(read.message))}\n`
  }
}

function messageMarkdown(message: Message): string {
  const { role, agent, model, status, parts } = message
  const names = role === 'user' ? [] : [agent, model].filter((name) => name !== null)
  const blocks = [`## ${[authorLabel(role), ...names].join(' · ')}`, ...blocksOf(parts)]
  const ending = endingSentence(status)
  if (ending !== null && !parts.some(saysEnding)) blocks.push(quote(ending))
  return blocks.join('\n\n')
}

export function saysEnding(part: MessagePart): boolean {
  return part.type === 'notice' && ['guardrail', 'stopped', 'error'].includes(part.kind)
}

function blocksOf(parts: readonly MessagePart[]): string[] {
  return parts.flatMap((part) => {
    switch (part.type) {
      case 'text':
        return [part.text]
      case 'reasoning':
        return []
      case 'file':
        return [`*${t`Attached file: ${escapeHtml(part.name)}`}*`]
      case 'tool_call':
        return [toolMarkdown(part)]
      case 'output':
        return [codeBlock(JSON.stringify(part.value, null, 2), 'json')]
      case 'notice':
        return isWorthReading(part) ? [quote(part.text)] : []
    }
  })
}

function isWorthReading(notice: NoticePart): boolean {
  if (notice.kind === 'budget') return notice.warning !== undefined
  return !['retry', 'progress', 'waiting'].includes(notice.kind)
}

function toolMarkdown(call: ToolCallPart): string {
  const { name, label, status, output, parts = [], files = [] } = call
  const title = label === undefined ? name : `${name}: ${label}`
  return [
    '<details>',
    `<summary>${t`Tool: ${escapeHtml(title)}`} (${toolStatusLabel(status)})</summary>`,
    t`Arguments:`,
    codeBlock(pretty(call.arguments), 'json'),
    ...blocksOf(parts),
    ...(output === null ? [] : [t`Output:`, codeBlock(output)]),
    ...files.map((file) => `*${t`File: ${escapeHtml(file.name)}`}*`),
    '</details>',
  ].join('\n\n')
}

/** Arguments that a model wrote wrongly stay as they are. */
export function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}

/** Fenced with more backticks than the text has in a row. */
function codeBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

function quote(text: string): string {
  return text.replaceAll(/^/gm, '> ')
}

function escapeHtml(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
