// What an endpoint was found to do when it was asked: probes are what is asked, findings what was
// learned, and the card keeps the newest finding of each kind.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

/** What is asked, in the order in which it is asked. */
export const ProbeName = z.enum([
  'models', // the list of models
  'answer', // a short streamed answer
  'repeat', // the same long prompt twice
  'tools', // a question that needs two tools
  'stop', // an answer that is stopped, and a short one after it
  'json', // an answer as JSON of a given shape
  'count', // the endpoint that counts input tokens
])
export type ProbeName = z.infer<typeof ProbeName>

export const FindingName = z.enum([
  'models',
  'streaming',
  'usage',
  'cost',
  'reasoning',
  'speed',
  'cached_tokens',
  'tool_arguments',
  'tool_indexes',
  'parallel_tools',
  'stop',
  'json_mode',
  'count_endpoint',
])
export type FindingName = z.infer<typeof FindingName>

export const Verdict = z.enum(['yes', 'partly', 'no', 'unknown'])
export type Verdict = z.infer<typeof Verdict>

export const Finding = z.object({
  finding: FindingName,
  probe: ProbeName,
  verdict: Verdict,
  /** One sentence. */
  detail: z.string(),
  at: z.iso.datetime(),
})
export type Finding = z.infer<typeof Finding>

/** What Tally goes by. Null: not known. */
export const CheckedCapabilities = z.object({
  /** How many models it lists. */
  models: z.nullable(z.int()),
  streaming: z.nullable(z.boolean()),
  /** `running`: totals come while the answer goes on; `final`: once, at its end. */
  reportsUsage: z.nullable(z.enum(['running', 'final', 'no'])),
  reportsCached: z.nullable(z.boolean()),
  reportsCost: z.nullable(z.boolean()),
  /** The field in which reasoning arrives. */
  reasoningField: z.nullable(z.string()),
  tools: z.nullable(z.boolean()),
  streamsToolArguments: z.nullable(z.boolean()),
  toolIndexes: z.nullable(z.boolean()),
  /** False: calls that came at once were mixed up. */
  parallelTools: z.nullable(z.boolean()),
  honoursStop: z.nullable(z.boolean()),
  /** `schema`: JSON of a given shape; `object`: any JSON. */
  jsonMode: z.nullable(z.enum(['schema', 'object', 'no'])),
  countEndpoint: z.nullable(z.boolean()),
  /** What counts: `…/input_tokens` beside the endpoint that answers, or `/tokenize`. */
  countsWith: z.optional(z.nullable(z.enum(['input_tokens', 'tokenize']))),
  ttftMs: z.nullable(z.int()),
  tokensPerSecond: z.nullable(z.number()),
})
export type CheckedCapabilities = z.infer<typeof CheckedCapabilities>

export const NOTHING_KNOWN: CheckedCapabilities = {
  models: null,
  streaming: null,
  reportsUsage: null,
  reportsCached: null,
  reportsCost: null,
  reasoningField: null,
  tools: null,
  streamsToolArguments: null,
  toolIndexes: null,
  parallelTools: null,
  honoursStop: null,
  jsonMode: null,
  countEndpoint: null,
  countsWith: null,
  ttftMs: null,
  tokensPerSecond: null,
}

export const CheckReport = z.object({
  provider: z.string(),
  /** Scheme, host and port; null for the demo. A card says nothing about another address. */
  origin: z.nullable(z.string()),
  model: z.string(),
  /** When it was last added to. */
  at: z.iso.datetime(),
  findings: z.array(Finding),
  capabilities: CheckedCapabilities,
  /** What the last check cost. */
  totals: Totals,
})
export type CheckReport = z.infer<typeof CheckReport>

/** What a probe will send, and what that can cost at most. */
export const PlannedProbe = z.object({
  probe: ProbeName,
  /** Each becomes a row of the ledger. */
  requests: z.int(),
  /** Those among them that cost nothing anywhere. */
  freeRequests: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  /** Null: the model has no price. */
  atMostNanoUsd: z.nullable(NanoUsd),
})
export type PlannedProbe = z.infer<typeof PlannedProbe>

export const EndpointCheck = z.object({
  provider: z.string(),
  model: z.string(),
  plan: z.array(PlannedProbe),
  /** The check that is under way; null: none is. */
  running: z.nullable(
    z.object({
      model: z.string(),
      probes: z.array(ProbeName),
      /** Null: it is about to end. */
      current: z.nullable(ProbeName),
    }),
  ),
  /** What is known, also from the check under way; null: this was never checked. */
  card: z.nullable(CheckReport),
})
export type EndpointCheck = z.infer<typeof EndpointCheck>

export const StartCheck = z.object({
  /** By default the provider's default model. */
  model: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** By default all of them. */
  probes: z.optional(z.array(ProbeName).check(z.minLength(1))),
})
export type StartCheck = z.infer<typeof StartCheck>
