// For tests: starts an upstream that ends with its test, and a run on it.
import { onTestFinished } from 'vitest'
import { startFakeUpstream, type FakeUpstream, type Script } from '../../e2e/fake-upstream.ts'
import type { AgentParts } from '../runtime/agent-parts.ts'
import { testParts } from './agent-parts.ts'
import { type AgentDefinition, defineAgent } from '../runtime/define-agent.ts'
import type { AgentTool } from '../runtime/define-tool.ts'
import { RecordedRun } from './recorded-run.ts'
import { runAgent } from '../runtime/run-agent.ts'
import type { AgentRun, RunOutcome } from '../upstream/agent-run.ts'
import type { ModelTarget } from '../upstream/types.ts'

export async function upstreamFor(script: Script): Promise<FakeUpstream> {
  const upstream = await startFakeUpstream(script)
  onTestFinished(() => upstream.close())
  return upstream
}

export function agentWith(
  tools: AgentTool[],
  more: Partial<AgentDefinition> = {},
): AgentDefinition {
  const named = { name: 'assistant', description: 'For tests.', instructions: 'Be brief.' }
  return defineAgent({ ...named, tools, ...more })
}

export interface BegunRun {
  recorded: RecordedRun
  outcome: Promise<RunOutcome>
}

export function begin(
  target: ModelTarget,
  agents: AgentDefinition | AgentDefinition[] = agentWith([]),
  changes: Partial<AgentRun> = {},
  parts: Partial<AgentParts> = {},
): BegunRun {
  const recorded = new RecordedRun()
  const outcome = runAgent(recorded.arguments(target, changes), {
    ...testParts(),
    findAgent: (name) => [agents].flat().find((agent) => agent.name === name),
    firstRetryMs: 1,
    ...parts,
  })
  return { recorded, outcome }
}
