import type { AgentTexts } from '../runtime/agent-texts.ts'

/** Returns the length of instructions and tools, a cheap way to detect that they changed. */
export function fixedChars({ instructions, tools }: AgentTexts, own: string): number {
  const parts = [instructions, own, ...tools.map(({ text }) => text)]
  return parts.reduce((sum, { length }) => sum + length, 0)
}
