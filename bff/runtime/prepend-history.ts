// What was said before a run stands in front of each of its requests, and the SDK's runner never has
// it: it copies and compares all of its input at every turn, which for a long conversation holds up
// everyone. So the runner begins with nothing, and adds what the run itself produces. A handover that
// filters its input would filter only that.
import type { AgentInputItem, Model, ModelRequest } from '@openai/agents'
import { entriesOf } from '../upstream/request-text.ts'

export function afterHistory(model: Model, history: AgentInputItem[]): Model {
  const whole = (request: ModelRequest): ModelRequest => {
    return { ...request, input: [...history, ...entriesOf(request)] }
  }
  return {
    getResponse: (request) => model.getResponse(whole(request)),
    getStreamedResponse: (request) => model.getStreamedResponse(whole(request)),
  }
}
