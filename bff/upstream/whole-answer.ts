// Some servers ignore `stream: true` and send the whole answer, or an error, as one JSON body with
// status 200. Read as an event stream it would be an empty answer, so it is turned into one event.
// Throws a SyntaxError when the body is not JSON.
import type { ApiKind } from '#shared/api.ts'
import { listAt, recordAt } from './record.ts'

export function asEventStream(body: string, api: ApiKind): string {
  return `data: ${JSON.stringify(asEvent(JSON.parse(body), api))}\n\ndata: [DONE]\n\n`
}

function asEvent(answer: unknown, api: ApiKind): unknown {
  if (recordAt(answer, 'error') !== null) return answer
  if (api === 'responses') return { type: 'response.completed', response: answer }
  const choices = listAt(answer, 'choices').map((choice) => ({
    ...Object(choice),
    delta: recordAt(choice, 'message') ?? {},
  }))
  return { ...Object(answer), choices }
}
