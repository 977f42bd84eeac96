// The parts of a run besides its arguments. Tests bring their own models and agents.
import type { Model } from '@openai/agents'
import { demoFetch, type DemoPace } from '../upstream/demo/demo-wire.ts'
import type { AgentDefinition } from './define-agent.ts'
import { keepReferences, type WriteFile } from '../upstream/file-reference.ts'
import { type GeneralGuardrails, NO_GUARDRAILS } from './guardrails.ts'
import type { RequestFallback } from '../upstream/request-fallbacks.ts'
import { FIRST_RETRY_MS } from '../upstream/retry.ts'
import type { ModelTarget } from '../upstream/types.ts'
import { upstreamModel } from '../upstream/upstream-model.ts'
import { type KeepFiles, keepNoFiles } from '../upstream/tool-files.ts'
import type { Stores } from './run-context.ts'

export interface AgentParts {
  findAgent: (name: string) => AgentDefinition | undefined
  /** What tools may read and write. */
  stores: Stores
  guardrails: GeneralGuardrails
  createModel(target: ModelTarget, idleTimeoutMs: number): Model
  /** Keeps the files that tools return. */
  keepFiles: KeepFiles
  firstRetryMs: number
  /** The default is the longest time that any request may take. */
  maxCallMs?: number
  /** The fallbacks learned about a model while Tally runs. */
  fallbacksOf(target: ModelTarget): Set<RequestFallback>
}

interface PartOptions {
  demoPace?: DemoPace | undefined
  writeFile?: WriteFile
  keepFiles?: KeepFiles
}

export function createAgentParts(
  findAgent: AgentParts['findAgent'],
  stores: Stores,
  { demoPace, writeFile, keepFiles = keepNoFiles }: PartOptions = {},
): AgentParts {
  const learned = new Map<string, Set<RequestFallback>>()
  return {
    findAgent,
    stores,
    guardrails: NO_GUARDRAILS,
    createModel: (target, idleTimeoutMs) =>
      target.kind === 'demo'
        ? upstreamModel(inside(target), idleTimeoutMs, {
            ask: demoFetch(demoPace),
            write: keepReferences,
          })
        : upstreamModel(target, idleTimeoutMs, { write: writeFile }),
    keepFiles,
    firstRetryMs: FIRST_RETRY_MS,
    fallbacksOf: ({ provider, model }) => {
      const key = JSON.stringify([provider, model])
      const fallbacks = learned.get(key) ?? new Set<RequestFallback>()
      learned.set(key, fallbacks)
      return fallbacks
    },
  }
}

/** The demo is asked inside the process, on the Chat API; the address is never looked up. */
function inside(target: ModelTarget): ModelTarget {
  return { ...target, baseUrl: 'http://demo.invalid/v1', api: 'chat_completions' }
}
