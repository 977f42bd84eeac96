import { defineAgent } from '../../define-agent.ts'

export const assistant = defineAgent({
  name: 'assistant',
  description: 'Answers questions, computes, tells the time and finds what was said before.',
  promptFile: new URL('./prompts/assistant.md', import.meta.url),
})
