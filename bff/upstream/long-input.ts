// Passes a long conversation through the SDK's model in pieces, because the model converts all of its input in one
// step. The converted pieces are kept, and sent together with the last one.
import type { AgentInputItem, Model, ModelRequest, StreamEvent } from '@openai/agents'
import { inPieces } from './in-pieces.ts'
import { entriesOf } from './request-text.ts'
import { type Converted, NotSent } from './upstream-client.ts'

export interface ConvertingModels {
  /** Sends `before` in front of what it is asked with. */
  sending: (before: Converted) => Model
  /** Sends nothing: what it would send is added to `into`, and it fails as NotSent. */
  converting: (into: Converted) => Model
}

export function longInputModel({ sending, converting }: ConvertingModels): Model {
  async function prepare(request: ModelRequest): Promise<[Model, ModelRequest]> {
    const before: Converted = { entries: [] }
    // They are sent once, with the last piece.
    const { systemInstructions: _, ...withoutInstructions } = request
    let last: AgentInputItem[] = []
    for await (const piece of inPieces(entriesOf(request), isBoundary)) {
      if (last.length > 0) await convert({ ...withoutInstructions, input: last }, before)
      last = piece
    }
    return [sending(before), { ...request, input: last }]
  }

  async function convert(request: ModelRequest, into: Converted): Promise<void> {
    const answer = converting(into).getStreamedResponse(request)
    try {
      await answer[Symbol.asyncIterator]().next()
    } catch (error) {
      if (!(error instanceof NotSent)) throw error
    }
  }

  async function* stream(request: ModelRequest): AsyncGenerator<StreamEvent> {
    const [model, last] = await prepare(request)
    yield* model.getStreamedResponse(last)
  }

  const isShort = (request: ModelRequest) => entriesOf(request).length <= MAX_SHORT_ENTRIES
  return {
    getResponse: async (request) => {
      if (isShort(request)) return sending({ entries: [] }).getResponse(request)
      const [model, last] = await prepare(request)
      return model.getResponse(last)
    },
    getStreamedResponse: (request) =>
      isShort(request) ? sending({ entries: [] }).getStreamedResponse(request) : stream(request),
  }
}

const MAX_SHORT_ENTRIES = 100

/**
 * Whether two entries never become one: the Chat API joins calls to the message before them, and some
 * servers want one message where a user sent two.
 */
function isBoundary(before: AgentInputItem, after: AgentInputItem): boolean {
  if (before.type === 'function_call_result') return true
  return isUser(after) && !isUser(before)
}

function isUser(item: AgentInputItem): boolean {
  return 'role' in item && item.role === 'user'
}
