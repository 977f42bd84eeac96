import { evaluateTools, withoutTools } from '../evaluate/tools.ts'
import { isRefusal, type Probe, sound } from '../probe.ts'

const QUESTION = {
  text: 'What is 17 * 23, and what time is it in Tokyo? Call both tools at once, before you answer.',
  limit: 768,
  tools: [
    { name: 'calculate', description: 'Works out an expression.', parameter: 'expression' },
    { name: 'current_time', description: 'The time in a time zone.', parameter: 'timeZone' },
  ],
}

export const toolsProbe: Probe = {
  name: 'tools',
  findings: ['tool_arguments', 'tool_indexes', 'parallel_tools'],
  questions: [QUESTION],
  run: async ({ ask }) => {
    const asked = await ask(QUESTION)
    const { problem } = asked.recorded
    if (isRefusal(problem) && problem?.fallback === 'tools') return withoutTools()
    return evaluateTools(sound(asked).reading)
  },
}
