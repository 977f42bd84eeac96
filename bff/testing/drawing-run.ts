// For tests: a run whose tool returns files.
import type { Files } from '../files/files.ts'
import { toolResultItem } from '../upstream/items.ts'
import type { ToolFile } from '../upstream/tool-files.ts'
import type { Script } from './assemble.ts'
import { answerItem, token } from './runs.ts'

/** `files`: those of the Tally under test, which does not exist yet. */
export function draws(files: () => Files, made: ToolFile[], before?: Script): Script {
  return async (run) => {
    const { parts, content } = await files().keepOfTool(made)
    const named = { callId: 'call_1', name: 'draw' }
    const result = { status: 'ok', output: 'Drawn.', durationMs: 1, files: parts } as const
    const call = { type: 'tool_call', ...named, agent: 'assistant' } as const
    await run.emit({ ...call, phase: 'ready', arguments: '{}' })
    await run.emit({ ...call, phase: 'running' })
    await run.emit({ type: 'tool_result', ...named, ...result })
    const item = { type: 'function_call', ...named, arguments: '{}', status: 'completed' }
    await run.storeItems([item, toolResultItem('call_1', 'draw', 'Drawn.', content)])
    if (before !== undefined) return before(run)
    await run.emit(token('Here it is.'))
    await run.storeItems([answerItem('Here it is.')])
    return { status: 'completed' }
  }
}
