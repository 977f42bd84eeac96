// The type of a probe, and the client it asks with.
import type { FindingName, ProbeName, CheckedCapabilities, Verdict } from '#shared/checks.ts'
import type { ProviderError } from '../upstream/provider-error.ts'
import type { ModelTarget, ProviderConfig } from '../upstream/types.ts'
import type { Frame } from '../upstream/record-exchange.ts'
import type { ProbeResult } from './booked-call.ts'
import type { CountWay, Question } from '../upstream/wire-request.ts'

export interface ProbeClient {
  provider: ProviderConfig
  target: ModelTarget
  /** One request, asked again without what the server refuses. It throws what keeps it from being asked. */
  ask: (question: Question, enough?: (frames: Frame[]) => boolean) => Promise<ProbeResult>
  /** Asks an endpoint that counts input. */
  count: (text: string, way: CountWay) => Promise<ProbeResult>
}

export interface Probe {
  name: ProbeName
  findings: FindingName[]
  /** The billed part, from which its price follows. */
  questions: Question[]
  /** The most of it that is never billed. */
  freeRequests?: (target: ModelTarget) => number
  run: (asking: ProbeClient) => Promise<Evaluation[]>
}

/** The answer, or its fault as an error. */
export function sound(asked: ProbeResult): ProbeResult {
  if (asked.recorded.problem !== null) throw asked.recorded.problem
  return asked
}

/** The server understood the request, and refuses something in it. */
export function isRefusal(providerError: ProviderError | null): boolean {
  return providerError?.code === 'bad_request'
}

export interface Evaluation {
  finding: FindingName
  verdict: Verdict
  detail: string
  known?: Partial<CheckedCapabilities>
}

/** How an answer ends that has reached its limit. */
export const CUT = new Set(['length', 'max_output_tokens'])

export function unknown(finding: FindingName, detail: string): Evaluation {
  return { finding, verdict: 'unknown', detail }
}

export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
