// An agent is a folder: agent.ts, its tools, its prompts in Markdown, its schemas.
import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import type { Item } from '../upstream/types.ts'
import type { AgentTool } from './define-tool.ts'
import type { Guardrail, ToolGuardrails } from './guardrails.ts'
import type { RunContext } from './run-context.ts'

export type Instructions = string | ((context: RunContext) => string)

/** The limits of one run. Where one is missing, the general limit holds. */
export interface AgentLimits {
  turns?: number
  toolCalls?: number
  /** While it works, not while it waits for a person. */
  wallTimeMs?: number
  costNanoUsd?: number
}

export interface OutputSchema {
  /** In snake_case; readers see it with spaces. */
  name: string
  schema: z.ZodObject
}

/** Chooses the agent of a new conversation without a model. Null: the agent itself. */
export type Router = (
  context: RunContext,
  message: string,
) => { agent: string; rule: string } | null

export interface AgentDefinition {
  name: string
  /** One sentence for the user who chooses an agent, and for an agent that may hand over to it. */
  description: string
  instructions: Instructions
  tools: AgentTool[]
  /** Names of agents that it may hand the conversation over to. */
  handoffs: string[]
  /** Whether a conversation may begin with it. Others are reached by a handoff or as a tool. */
  entry: boolean
  /** What it decides alone and what it must ask, for its card. */
  authority?: string
  /** Its final answer is an object of this schema. */
  output?: OutputSchema
  limits: AgentLimits
  /** Check every message before the first request; the first that trips ends the run. */
  inputGuardrails?: Guardrail<string>[]
  /** Check the whole answer; one that trips withholds it. */
  outputGuardrails?: Guardrail<string>[]
  /** Check the calls of all its tools, before the guardrails of the tool. */
  toolGuardrails?: ToolGuardrails
  /** What it sees of the conversation so far; by default all of it. */
  history?: (items: Item[]) => Item[]
  router?: Router
}

/** `instructions`: a text, the URL of a Markdown file, or a function of the run's context. */
export type AgentSpec = Pick<AgentDefinition, 'name' | 'description'> &
  Partial<Omit<AgentDefinition, 'instructions'>> & { instructions: Instructions | URL }

export function defineAgent({ instructions, ...spec }: AgentSpec): AgentDefinition {
  return {
    tools: [],
    handoffs: [],
    entry: true,
    limits: {},
    ...spec,
    instructions: instructions instanceof URL ? readPrompt(instructions) : instructions,
  }
}

export function readPrompt(file: URL): string {
  return readFileSync(file, 'utf8').trim()
}
