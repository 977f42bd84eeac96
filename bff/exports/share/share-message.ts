// A message as HTML, in pieces that are short to make.
import { formatBytes } from '#shared/format-bytes.ts'
import type { FilePart, Message, MessagePart, NoticePart, ToolCallPart } from '#shared/message.ts'
import type { ShareOptions } from '#shared/share.ts'
import { t } from '#shared/translate.ts'
import { authorLabel, endingSentence, toolStatusLabel } from '../labels.ts'
import { pretty, saysEnding } from '../markdown.ts'
import { escapeHtml, nameHtml, preformatted, textPieces } from './html-text.ts'
import { costHtml } from './share-receipt.ts'
import { markdownHtml, type RenderBlock } from './share-markdown.ts'

export interface ShareParts extends ShareOptions {
  /** Yields the data URL of an image, in pieces. Null if its bytes are gone. */
  image: (fileId: string) => Promise<AsyncIterable<string> | null>
  render: RenderBlock
  /** The files of a nested run stand outside of the call. */
  areFilesShown?: boolean
}

export async function* messageHtml(message: Message, options: ShareParts): AsyncGenerator<string> {
  const { role, agent, model, status, parts, totals } = message
  const author = authorLabel(role)
  const names = [agent, model].filter((name) => name !== null).map(nameHtml)
  yield `<article class="${role}" aria-label="${author}">\n<h2>${author}`
  if (role === 'assistant' && names.length > 0) yield ` <span>${names.join(' · ')}</span>`
  yield '</h2>\n'
  yield* partsHtml(parts, role, options)
  if (message.withheld) yield notice(t`The answer was withheld by a guardrail and is not included.`)
  const ending = endingSentence(status)
  if (ending !== null && !parts.some(saysEnding)) yield notice(ending)
  if (options.receipt && totals !== null) yield costHtml(totals)
  yield '</article>\n'
}

async function* partsHtml(
  parts: readonly MessagePart[],
  role: Message['role'],
  options: ShareParts,
): AsyncGenerator<string> {
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        yield '<div class="text" dir="auto">'
        if (role === 'assistant') yield* markdownHtml(part.text, options.render)
        else yield* ownText(part.text)
        yield '</div>\n'
        break
      case 'reasoning':
        if (!options.reasoning) break
        yield `<details>\n<summary>${t`Reasoning`}</summary>\n`
        yield* preformatted(part.text, 'plain')
        yield '</details>\n'
        break
      case 'file':
        yield* fileHtml(part, options)
        break
      case 'tool_call':
        if (options.tools) yield* toolHtml(part, options)
        if (options.files) for (const file of filesIn(part)) yield* fileHtml(file, options)
        break
      case 'output':
        yield* valueHtml(part.value)
        break
      case 'notice':
        yield noticeHtml(part)
        break
    }
  }
}

function* ownText(text: string): Generator<string> {
  yield '<p class="plain">'
  for (const piece of textPieces(text)) yield escapeHtml(piece)
  yield '</p>'
}

/** Waits and budgets tell about the sharer, and what the run tried is of no use to the reader. */
const LEFT_OUT = new Set<NoticePart['kind']>(['retry', 'progress', 'waiting', 'decision', 'budget'])

function noticeHtml(part: NoticePart): string {
  if (LEFT_OUT.has(part.kind)) return ''
  if (part.kind === 'handoff') return `<p class="handoff"><span>${nameHtml(part.text)}</span></p>\n`
  return notice(part.kind === 'steer' ? t`You said: ${part.text}` : part.text)
}

function notice(sentence: string): string {
  return `<p class="notice">${nameHtml(sentence)}</p>\n`
}

async function* toolHtml(call: ToolCallPart, options: ShareParts): AsyncGenerator<string> {
  const { name, label, status, output, parts = [], files = [] } = call
  const what = label === undefined ? '' : ` · ${nameHtml(label)}`
  const called = t`Tool: ${`<b>${nameHtml(name)}</b>`}`
  yield `<details>\n<summary>${called}${what} <span>${toolStatusLabel(status)}</span></summary>\n`
  yield `<p class="label">${t`Arguments`}</p>\n`
  yield* preformatted(pretty(call.arguments), 'code')
  yield* partsHtml(parts, 'assistant', { ...options, areFilesShown: options.files, files: false })
  if (output !== null) {
    yield `<p class="label">${t`Output`}</p>\n`
    yield* preformatted(output, 'code')
  }
  if (!options.files && !options.areFilesShown)
    for (const file of files) yield* fileHtml(file, options)
  yield '</details>\n'
}

/** Of a call and of the calls inside it: they are worth seeing where the calls are not. */
function filesIn({ files = [], parts = [] }: ToolCallPart): FilePart[] {
  return [...files, ...parts.flatMap((part) => (part.type === 'tool_call' ? filesIn(part) : []))]
}

async function* fileHtml(part: FilePart, options: ShareParts): AsyncGenerator<string> {
  const name = nameHtml(part.name)
  const isImage = part.mediaType.startsWith('image/')
  const bytes = options.files && isImage ? await options.image(part.fileId) : null
  if (bytes === null) {
    yield `<p class="file">${t`File: ${name}, ${formatBytes(part.size)}, not included`}</p>\n`
    return
  }
  yield `<figure><img alt="${nameHtml(part.alt ?? part.name)}" src="`
  for await (const piece of bytes) yield piece
  yield `"><figcaption>${name}, ${formatBytes(part.size)}</figcaption></figure>\n`
}

/** A row for each field. What is inside a field stays JSON. */
function* valueHtml(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield* preformatted(asText(value), 'code')
    return
  }
  yield `<div class="wide" tabindex="0" role="group" aria-label="${t`Structured output`}"><table>\n`
  for (const [name, field] of Object.entries(value)) {
    yield `<tr><th scope="row">${nameHtml(name)}</th><td class="plain">`
    for (const piece of textPieces(asText(field))) yield escapeHtml(piece)
    yield '</td></tr>\n'
  }
  yield '</table></div>\n'
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
}
