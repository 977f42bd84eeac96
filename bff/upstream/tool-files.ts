// Files that tools return: as a tool hands them over, as a result names them, and as each API takes them.
// A result holds references and never bytes; what a model cannot take is told to it in words.
import type { AgentInputItem, ModelRequest } from '@openai/agents'
import type { FilePart } from '#shared/message.ts'
import { fileUrlIn, readReference, referencesIn } from './file-reference.ts'
import { isRecord, textAt } from './record.ts'
import { entriesOf } from './request-text.ts'

/** A file that a tool returns beside its text. */
export interface ToolFile {
  name: string
  /** A string is a text in UTF-8. The type is told by the content and never by the name. */
  content: string | Uint8Array
  /** Describes an image for people and models that do not see it. */
  alt?: string
  /**
   * What the model gets. `whole`: an image, or the text of a file. `original`: a PDF as it is. `name`:
   * only that there is a file, where the model knows what is in it. By default `whole`.
   */
  send?: 'whole' | 'original' | 'name'
}

/** A part of a result as an item keeps it, in the shape of the Responses API. */
export type ResultPart =
  | { type: 'input_text'; text: string }
  | { type: 'input_image'; image: string }
  | { type: 'input_file'; file: string; filename: string }

/** Files of a result: as people see them, and what the model gets of them. */
export interface KeptFiles {
  parts: FilePart[]
  content: ResultPart[]
  /** Sentences about files that could not be kept. */
  notes: string[]
}

/** Throws nothing: what cannot be kept is named in the notes. */
export type KeepFiles = (files: readonly ToolFile[]) => Promise<KeptFiles>

export const keepNoFiles: KeepFiles = async (files) => ({
  parts: [],
  content: [],
  notes: files.map(({ name }) => `“${name}” was not kept.`),
})

/** Returns the parts of a stored result that may be sent. An import may have brought others. */
export function resultParts(output: unknown): ResultPart[] {
  if (!Array.isArray(output)) return []
  return output.flatMap((part): ResultPart[] => {
    const type = textAt(part, 'type')
    if (type === 'input_text') return [{ type, text: textAt(part, 'text') }]
    const url = fileUrlIn(part)
    if (readReference(url) === null) return []
    if (type === 'input_image') return [{ type, image: url }]
    return type === 'input_file' ? [{ type, file: url, filename: textAt(part, 'filename') }] : []
  })
}

/** The texts of a result. */
export function resultTexts(parts: readonly ResultPart[]): string[] {
  return parts.flatMap((part) => (part.type === 'input_text' ? [part.text] : []))
}

/** `words`: the model takes no files. `next`: in a message of the user behind the results. */
export type FileWay = 'result' | 'next' | 'words'

const NOT_SENT =
  '[The person sees this file. You get its name only, because you take no such files.]'
const SENT_NEXT = '[It follows in the next message.]'

/** The request with the files of its results where the model looks for them. */
export function withResultFiles(request: ModelRequest, way: FileWay): ModelRequest {
  const entries = entriesOf(request)
  if (!entries.some(hasResultFiles)) return request
  const input: AgentInputItem[] = []
  let files: ResultPart[] = []
  for (const entry of entries) {
    if (entry.type !== 'function_call_result') {
      input.push(...inUserMessage(files), entry)
      files = []
      continue
    }
    input.push(hasResultFiles(entry) ? shaped(entry, way) : entry)
    if (way === 'next') files.push(...labelledFiles(entry))
  }
  input.push(...inUserMessage(files))
  return { ...request, input }
}

export function hasResultFiles(item: unknown): boolean {
  return isRecord(item) && referencesIn(item['output']).length > 0
}

type ResultItem = Extract<AgentInputItem, { type: 'function_call_result' }>

function shaped(entry: ResultItem, way: FileWay): ResultItem {
  const parts = resultParts(entry.output)
  if (way === 'result') return { ...entry, output: parts }
  const words = { type: 'input_text', text: way === 'next' ? SENT_NEXT : NOT_SENT } as const
  const output = parts.map((part) => (part.type === 'input_text' ? part : words))
  return { ...entry, output: { type: 'text', text: output.map(({ text }) => text).join('\n') } }
}

/** Each file behind the text that names it. */
function labelledFiles({ name, output }: ResultItem): ResultPart[] {
  const parts = resultParts(output)
  return parts.flatMap((part, index): ResultPart[] => {
    if (part.type === 'input_text') return []
    const label = parts[index - 1]
    const named = label?.type === 'input_text' ? `: ${label.text}` : ''
    return [{ type: 'input_text', text: `From the tool ${name}${named}` }, part]
  })
}

function inUserMessage(content: ResultPart[]): AgentInputItem[] {
  return content.length === 0 ? [] : [{ type: 'message', role: 'user', content }]
}
