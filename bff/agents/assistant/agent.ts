import { defineAgent } from '../../runtime/define-agent.ts'
import { askUser } from '../ask-user.ts'
import { calculate } from './tools/calculate.ts'
import { currentTime } from './tools/current-time.ts'
import { makeChart } from './tools/make-chart.ts'
import { searchConversations } from './tools/search-conversations.ts'
import { searchDocumentation } from './tools/search-documentation.ts'
import { english } from '#shared/translate.ts'

export const assistant = defineAgent({
  name: 'assistant',
  description: english`Answers questions, computes, draws charts, knows the time, and finds what was said in earlier chats.`,
  authority: english`It reads: documentation, earlier chats, the clock. It changes nothing, and asks you when something is unclear.`,
  instructions: new URL('./prompts/assistant.md', import.meta.url),
  tools: [currentTime, calculate, makeChart, searchConversations, searchDocumentation, askUser],
})
