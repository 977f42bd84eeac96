import { defineAgent } from '../../runtime/define-agent.ts'
import { calculate } from './tools/calculate.ts'
import { currentTime } from './tools/current-time.ts'
import { searchConversations } from './tools/search-conversations.ts'
import { searchDocumentation } from './tools/search-documentation.ts'

export const assistant = defineAgent({
  name: 'assistant',
  description:
    'Answers questions, computes, knows the time, and finds what was said in earlier chats.',
  promptFile: new URL('./prompts/assistant.md', import.meta.url),
  tools: [currentTime, calculate, searchConversations, searchDocumentation],
})
