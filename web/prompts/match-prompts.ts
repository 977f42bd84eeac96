import type { Prompt } from '#shared/prompts.ts'

/** Those whose name contains what is typed, first those that begin with it. */
export function matchPrompts(prompts: Prompt[], typed: string): Prompt[] {
  // "/ 5" is a message.
  if (/^\s|\n/.test(typed)) return []
  const wanted = typed.trim().toLowerCase()
  const position = ({ name }: Prompt) => name.toLowerCase().indexOf(wanted)
  return prompts
    .filter((prompt) => position(prompt) >= 0)
    .toSorted((a, b) => Math.min(position(a), 1) - Math.min(position(b), 1))
}
