// For tests: calls a tool of an agent as a run would, with a plain object as context.
import type { ShopStore } from '../agents/shop/shop-store.ts'
import type { AgentTool, PreparedCall } from '../runtime/define-tool.ts'
import { NO_RUN, type RunContext, type ToolContext } from '../runtime/run-context.ts'

export function contextWith(shop: ShopStore, changes: Partial<RunContext> = {}): RunContext {
  return { ...NO_RUN, runId: 'run-1', stores: { shop }, ...changes }
}

/** Throws what is wrong with the arguments. */
export function prepared(tool: AgentTool, input: unknown): PreparedCall {
  const call = tool.prepare(input)
  if (typeof call === 'string') throw new Error(call)
  return call
}

export async function callTool(
  tool: AgentTool,
  input: unknown,
  context: RunContext,
  callId = 'call-1',
): Promise<unknown> {
  const called: ToolContext = {
    ...context,
    callId,
    progress: () => {},
    runAgent: () => Promise.reject(new Error('This tool runs no agent.')),
  }
  const { output } = await prepared(tool, input).execute(called)
  return output
}
