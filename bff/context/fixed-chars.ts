import type { AgentTexts } from '../runtime/agent-texts.ts'

/** How long instructions and tools are: cheap to tell with every request, to see that they changed. */
export function fixedChars({ instructions, tools }: AgentTexts, own: string): number {
  const parts = [instructions, own, ...tools.map(({ text }) => text)]
  return parts.reduce((sum, { length }) => sum + length, 0)
}
