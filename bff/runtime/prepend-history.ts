// What was said before a run stands in front of each of its requests, as much of it as fits, and the
// SDK's runner never has it: it copies and compares all of its input at every turn, which for a long
// conversation holds up everyone. So the runner begins with nothing, and adds what the run itself
// produces. A handover that filters its input would filter only that.
import type { Model, ModelRequest } from '@openai/agents'
import { entriesOf } from '../upstream/request-text.ts'
import type { Fit, Fitted } from './fit-history.ts'

/** `onFit` is called before each request. */
export function afterHistory(
  model: Model,
  fit: Fit,
  onFit: (fitted: Fitted) => void = () => {},
): Model {
  const whole = async (request: ModelRequest): Promise<ModelRequest> => {
    const fitted = await fit(entriesOf(request))
    onFit(fitted)
    return { ...request, input: fitted.input }
  }
  return {
    getResponse: async (request) => model.getResponse(await whole(request)),
    async *getStreamedResponse(request) {
      yield* model.getStreamedResponse(await whole(request))
    },
  }
}
