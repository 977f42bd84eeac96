import type { ToolCallPart } from '#shared/message.ts'
import { visibleText } from '#shared/visible-text.ts'
import type { Question } from '#shared/waits.ts'
import { t } from '#shared/translate.ts'

export interface ToolSentence {
  text: string
  detail?: string
}

/** What a call does or has done, in words. Null: only its name is known. */
export function toolSentence(part: ToolCallPart): ToolSentence | null {
  const { label, question, agent, progress, status, approval } = part
  if (label !== undefined) return divided(visibleText(label))
  if (question?.answer !== undefined) {
    return { text: visibleText(question.question), detail: visibleText(formatAnswer(question)) }
  }
  if (question !== undefined) return { text: t`${visibleText(agent)} asks you` }
  const pending = part.pendingLabel ?? approval?.label
  if (status === 'running' && progress !== undefined) {
    const { text } = divided(visibleText(pending ?? part.name))
    return { text, detail: visibleText(progress) }
  }
  if (pending === undefined) return null
  return divided(`${visibleText(pending)}${status === 'waiting' ? '?' : ''}`)
}

/** Example: "Looked up the time · Asia/Tokyo" */
function divided(label: string): ToolSentence {
  const [text = label, ...details] = label.split(' · ')
  return details.length === 0 ? { text } : { text, detail: details.join(' · ') }
}

/** The chosen option, the words, or both. The answers of a form with their labels. */
export function formatAnswer({ answer, schema }: Question): string {
  const { option, text } = answer ?? {}
  const words = text !== undefined && schema !== undefined ? formatForm(text, schema) : text
  return [option, words].filter((said) => said !== undefined).join(': ')
}

function formatForm(text: string, schema: NonNullable<Question['schema']>): string {
  try {
    const values: unknown = JSON.parse(text)
    if (typeof values !== 'object' || values === null) return text
    const labels = new Map(schema.map(({ name, label }) => [name, label]))
    return Object.entries(values)
      .map(([name, value]) => `${labels.get(name) ?? name}: ${String(value)}`)
      .join(', ')
  } catch {
    return text
  }
}
