// The parts of a message as its readers get them: the sentences of Tally and of its tools in their language.
// What a person, a model or an import has said stays as it is.
import type { BranchMessage } from '#shared/api.ts'
import type { MessagePart } from '#shared/message.ts'
import { language } from '#shared/translate.ts'
import { translateFields, translateStored } from '../http/stored-sentences.ts'

export function translateMessage<Of extends Pick<BranchMessage, 'parts'>>(message: Of): Of {
  return language() === 'en' ? message : { ...message, parts: message.parts.map(translatePart) }
}

function translatePart(part: MessagePart): MessagePart {
  if (part.type === 'notice') {
    const text = part.kind === 'steer' ? part.text : translateStored(part.text)
    const rule = part.kind === 'handoff' && part.rule
    const name = part.kind === 'guardrail' && part.name
    return {
      ...part,
      text,
      ...(rule && { rule: translateStored(rule) }),
      ...(name && { name: translateStored(name) }),
    }
  }
  if (part.type === 'file') return translateFile(part)
  if (part.type !== 'tool_call') return part
  const { approval, files, parts, status } = part
  // Why it failed or was not run. What a tool returned is data.
  const isSentence = status === 'failed' || status === 'denied' || status === 'unknown'
  return {
    ...translateFields(part, ['pendingLabel', 'label', 'progress']),
    ...(isSentence && translateFields({ output: part.output }, ['output'])),
    ...(approval && { approval: translateFields(approval, ['label', 'reason']) }),
    ...(files && { files: files.map(translateFile) }),
    ...(parts && { parts: parts.map(translatePart) }),
  }
}

/** The description of a picture of a tool. */
export function translateFile<Of extends { alt?: string | undefined }>(file: Of): Of {
  return translateFields(file, ['alt'])
}
