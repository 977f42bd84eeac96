// The capabilities of an endpoint, found by asking it. Probes are the requests, findings the results, and
// a report keeps the newest finding of each kind.
import * as z from 'zod/mini'
import { NanoUsd } from './money-schema.ts'
import { Totals } from './totals.ts'

/** The probes, in the order in which they run. */
export const ProbeName = z.enum([
  'models', // the list of models
  'answer', // a short streamed answer
  'repeat', // the same long prompt twice
  'tools', // a question that needs two tools
  'stop', // an answer that is stopped, and a short one after it
  'json', // an answer as JSON of a given shape
  'count', // the endpoint for counting input tokens
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

/** The findings that Tally bases its requests on. Null if not known. */
export const CheckedCapabilities = z.object({
  /** The number of models in its list. */
  models: z.nullable(z.int()),
  streaming: z.nullable(z.boolean()),
  /** `running`: totals arrive during the answer; `final`: once, at its end. */
  reportsUsage: z.nullable(z.enum(['running', 'final', 'no'])),
  reportsCached: z.nullable(z.boolean()),
  reportsCost: z.nullable(z.boolean()),
  /** The field that carries reasoning. */
  reasoningField: z.nullable(z.string()),
  tools: z.nullable(z.boolean()),
  streamsToolArguments: z.nullable(z.boolean()),
  toolIndexes: z.nullable(z.boolean()),
  /** False if parallel calls were mixed up. */
  parallelTools: z.nullable(z.boolean()),
  honoursStop: z.nullable(z.boolean()),
  /** `schema`: JSON of a given shape; `object`: any JSON. */
  jsonMode: z.nullable(z.enum(['schema', 'object', 'no'])),
  countEndpoint: z.nullable(z.boolean()),
  /** How to count tokens: `…/input_tokens` next to the endpoint, or `/tokenize`. */
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
  /** Scheme, host and port. Null for the demo. The report is only valid for this address. */
  origin: z.nullable(z.string()),
  model: z.string(),
  /** When the newest finding was added. */
  at: z.iso.datetime(),
  findings: z.array(Finding),
  capabilities: CheckedCapabilities,
  /** The cost of the last check. */
  totals: Totals,
})
export type CheckReport = z.infer<typeof CheckReport>

/** The requests of a probe, and what they can cost at most. */
export const PlannedProbe = z.object({
  probe: ProbeName,
  /** Each request becomes a ledger row. */
  requests: z.int(),
  /** The requests among them that are always free. */
  freeRequests: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  /** Null if the model has no price. */
  atMostNanoUsd: z.nullable(NanoUsd),
})
export type PlannedProbe = z.infer<typeof PlannedProbe>

export const EndpointCheck = z.object({
  provider: z.string(),
  model: z.string(),
  plan: z.array(PlannedProbe),
  /** The running check. Null if there is none. */
  running: z.nullable(
    z.object({
      model: z.string(),
      probes: z.array(ProbeName),
      /** Null if the check is about to end. */
      current: z.nullable(ProbeName),
    }),
  ),
  /** The findings so far, including those of a running check. Null if never checked. */
  card: z.nullable(CheckReport),
})
export type EndpointCheck = z.infer<typeof EndpointCheck>

export const StartCheck = z.object({
  /** By default the provider's default model. */
  model: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** By default all probes. */
  probes: z.optional(z.array(ProbeName).check(z.minLength(1))),
})
export type StartCheck = z.infer<typeof StartCheck>
