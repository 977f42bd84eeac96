// Puts the history in front of each request of a run, as much of it as fits. The SDK's runner never has it, because it
// copies and compares all of its input at every turn, which blocks the event loop for a long conversation. The runner
// begins with nothing and adds what the run itself produces; a handoff that filters its input would filter only that.
import type { AgentInputItem, Model, ModelRequest, StreamEvent } from '@openai/agents'
import { ProviderError } from '../upstream/provider-error.ts'
import { entriesOf } from '../upstream/request-text.ts'
import type { Fit, Fitted } from './fit-history.ts'

export interface BeforeRequest {
  /** Called with what the request leaves out. */
  onFit?: ((fitted: Fitted) => void) | undefined
  /** Inserts what the user has said meanwhile into what the run has produced. */
  steer?: ((own: AgentInputItem[]) => Promise<AgentInputItem[]>) | undefined
}

export function afterHistory(
  model: Model,
  fit: Fit,
  { onFit = () => {}, steer = async (own) => own }: BeforeRequest = {},
): Model {
  const whole = async (request: ModelRequest): Promise<ModelRequest> => {
    const fitted = await fit(await steer(entriesOf(request)))
    onFit(fitted)
    return { ...request, input: fitted.input }
  }
  let share = 1
  /** Tokenizers differ: a request that is refused as too long cost nothing and is sent again with less. */
  async function* stream(request: ModelRequest): AsyncGenerator<StreamEvent> {
    const own = await steer(entriesOf(request))
    let fitted = await fit(own, share)
    for (;;) {
      onFit(fitted)
      try {
        yield* model.getStreamedResponse({ ...request, input: fitted.input })
        return
      } catch (error) {
        const smaller = isTooLong(error) ? await fit(own, share * LESS) : fitted
        if (smaller.leftOut.tokens <= fitted.leftOut.tokens) throw error
        share *= LESS
        fitted = smaller
      }
    }
  }
  return {
    getResponse: async (request) => model.getResponse(await whole(request)),
    getStreamedResponse: stream,
  }
}

const LESS = 0.75

function isTooLong(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'context_too_long'
}
