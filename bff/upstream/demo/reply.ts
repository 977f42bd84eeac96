import type { ToolRequest, Turn } from './turn.ts'

export interface Reply {
  reasoning: string
  calls: ToolRequest[]
  text: string
}

export function say(text: string, reasoning = ''): Reply {
  return { reasoning, calls: [], text }
}

/** A tool may be switched off for the conversation; then that is said. */
export function use({ tools }: Turn, reasoning: string, calls: ToolRequest[], text = ''): Reply {
  const missing = calls.find(({ name }) => !tools.has(name))
  if (missing === undefined) return { reasoning, calls, text }
  return say(`For this I need the tool \`${missing.name}\`, which is switched off here.`)
}
