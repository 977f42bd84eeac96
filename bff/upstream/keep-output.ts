import type { AnswerReader } from './answer-reader.ts'
import type { Ending } from './call-facts.ts'
import { incompleteMessage } from './items.ts'
import type { ModelSink } from './model-sink.ts'
import { textAt } from './record.ts'

/** What the model is shown next turn: the answer, or as much of its text as came. */
export function keepOutput(
  ending: Ending,
  reader: AnswerReader,
  sink: ModelSink,
  agent: string,
): void {
  if (ending.kind !== 'completed') {
    if (reader.text !== '') void sink.storeItems([incompleteMessage(reader.text)])
    return
  }
  void sink.storeItems(ending.response.output)
  for (const [index, item] of ending.response.output.entries()) {
    if (item.type === 'function_call' && !reader.hidesTool(item.name)) {
      const { callId } = item
      const written = reader.response?.output[index]
      const name = textAt(written, 'name') || item.name
      const args = textAt(written, 'arguments').trim() || item.arguments
      sink.onToolReady?.(callId, name)
      const call = { callId, name, agent, arguments: args }
      void sink.emit({ type: 'tool_call', phase: 'ready', ...call })
    }
  }
}
