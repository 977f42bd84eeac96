import type { AnswerReader } from './answer-reader.ts'
import type { Ending } from './call-facts.ts'
import { incompleteMessage } from './items.ts'
import type { ModelSink } from './model-sink.ts'
import { textAt } from './record.ts'

/** What the model is shown next turn: the answer, or as much of its text as came. */
export function keepOutput(ending: Ending, reader: AnswerReader, sink: ModelSink): void {
  if (ending.kind !== 'completed') {
    if (reader.text !== '') sink.store([incompleteMessage(reader.text)])
    return
  }
  sink.store(ending.response.output)
  for (const [index, item] of ending.response.output.entries()) {
    if (item.type === 'function_call' && !reader.hidesTool(item.name)) {
      const written = reader.response?.output[index]
      const name = textAt(written, 'name') || item.name
      sink.toolReady(item.callId, name, textAt(written, 'arguments').trim() || item.arguments)
    }
  }
}
