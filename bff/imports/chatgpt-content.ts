// What a node of ChatGPT's export says, as parts of a message.
import type { LeftOutReason } from '#shared/imports.ts'
import type { MessagePart } from '#shared/message.ts'
import type { Assets } from './imported-asset.ts'
import { field, type JsonObject, listAt, textAt } from './json-fields.ts'
import { addOutput, codeText, noticePart, reasoningPart, textPart, toolPart } from './make-parts.ts'
import { t } from '#shared/translate.ts'

/** Markers of citations, which only ChatGPT's page can draw. */
const CITATIONS = /\u{E200}[^\u{E201}]*\u{E201}|[\u{E200}-\u{E206}]/gu

export interface NodeContent {
  id: string
  at: string
  message: JsonObject
  content: JsonObject
  leaveOut: (reason: LeftOutReason) => void
  assets: Assets
}

/** Adds what the node says to the parts of its message. */
export function addContent(parts: MessagePart[], node: NodeContent): void {
  const { id, message, content } = node
  const author = field(message, 'author')
  const said = partsOf(node)
  const recipient = textAt(message, 'recipient')
  if (textAt(author, 'role') === 'tool') {
    const output = said.map((part) => (part.type === 'text' ? part.text : '')).join('\n\n')
    const others = said.filter(({ type }) => type !== 'text')
    if (!addOutput(parts, null, output)) {
      parts.push(toolPart(id, textAt(author, 'name'), '', output))
    }
    parts.push(...others)
    return
  }
  if (textAt(author, 'role') === 'assistant' && recipient !== '' && recipient !== 'all') {
    const code = textAt(content, 'text') || listAt(content, 'parts').filter(isText).join('\n')
    parts.push(toolPart(id, recipient, code))
    return
  }
  parts.push(...said)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function partsOf(node: NodeContent): MessagePart[] {
  const { content, at, message } = node
  switch (textAt(content, 'content_type')) {
    case 'text':
      return textPart(plain(listAt(content, 'parts').filter(isText).join('\n\n')))
    case 'multimodal_text':
      return listAt(content, 'parts').flatMap((part) => multimodalPart(part, node))
    case 'code':
      return textPart(codeText(textAt(content, 'text'), textAt(content, 'language')))
    case 'execution_output':
      return textPart(textAt(content, 'text'))
    case 'tether_browsing_display':
      return textPart(textAt(content, 'result'))
    case 'tether_quote': {
      const { title, url } = { title: textAt(content, 'title'), url: textAt(content, 'url') }
      return textPart([`> ${title} ${url}`.trim(), textAt(content, 'text')].join('\n\n'))
    }
    case 'thoughts':
      return listAt(content, 'thoughts').flatMap((thought) => {
        const texts = [textAt(thought, 'summary'), textAt(thought, 'content')]
        return reasoningPart(texts.filter((text) => text !== '').join('\n\n'), at)
      })
    case 'reasoning_recap':
      return []
    case 'system_error':
      return [noticePart(textAt(content, 'text') || t`ChatGPT reported an error.`, at)]
    case 'user_editable_context':
    case 'model_editable_context':
      node.leaveOut('instructions')
      return []
    default:
      node.leaveOut('unknown_parts')
      return [noticePart(unknownText(textAt(content, 'content_type')), at, message)]
  }
}

export function unknownText(type: string): string {
  return /^[\w.-]{1,60}$/.test(type)
    ? t`A part of the type “${type}” cannot be shown.`
    : t`A part of an unknown type cannot be shown.`
}

function multimodalPart(
  part: unknown,
  { at, leaveOut, assets, message }: NodeContent,
): MessagePart[] {
  if (isText(part)) return textPart(plain(part))
  switch (textAt(part, 'content_type')) {
    case 'image_asset_pointer': {
      const pointer = textAt(part, 'asset_pointer')
      const attached = attachmentsOf(message).find(({ id }) => id !== '' && pointer.includes(id))
      const file = assets.inZip(pointer, attached?.name ?? '')
      if (file !== null) return [file]
      leaveOut('files')
      return [noticePart(t`An image was not imported.`, at)]
    }
    case 'audio_transcription':
      return textPart(textAt(part, 'text'))
    case 'audio_asset_pointer':
    case 'real_time_user_audio_video_asset_pointer':
      leaveOut('audio')
      return [noticePart(t`A recording was not imported.`, at)]
    default:
      leaveOut('unknown_parts')
      return [noticePart(unknownText(textAt(part, 'content_type')), at, part)]
  }
}

function plain(text: string): string {
  return text.replaceAll(CITATIONS, '')
}

/** The files that were attached. Those that the export does not have are named. */
export function attachmentParts({
  message,
  content,
  at,
  leaveOut,
  assets,
}: NodeContent): MessagePart[] {
  const pointers = listAt(content, 'parts').map((part) => textAt(part, 'asset_pointer'))
  return attachmentsOf(message).flatMap(({ id, name }): MessagePart[] => {
    // An image stands where the message shows it.
    if (id !== '' && pointers.some((pointer) => pointer.includes(id))) return []
    const file = assets.inZip(id, name)
    if (file !== null) return [file]
    leaveOut('files')
    const text = name === '' ? t`A file was not imported.` : t`The file ${name} was not imported.`
    return [noticePart(text, at)]
  })
}

function attachmentsOf(message: JsonObject): { id: string; name: string }[] {
  return listAt(field(message, 'metadata'), 'attachments').map((attachment) => ({
    id: textAt(attachment, 'id'),
    name: textAt(attachment, 'name'),
  }))
}
