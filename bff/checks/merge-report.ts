// Adds what a probe found to what is known of an endpoint. A newer finding stands in place of the
// older one, also where it knows less.
import {
  type CheckReport,
  type CheckedCapabilities,
  type Finding,
  FindingName,
  NOTHING_KNOWN,
  type ProbeName,
} from '#shared/checks.ts'
import { NO_CALLS } from '#shared/add-totals.ts'
import type { Totals } from '#shared/totals.ts'
import type { Evaluation } from './probe.ts'

export type EndpointModel = Pick<CheckReport, 'provider' | 'origin' | 'model'>

export interface NewFindings {
  probe: ProbeName
  evaluations: Evaluation[]
  at: string
  /** The cost of the check so far. */
  totals: Totals
}

export function emptyReport(endpointModel: EndpointModel, at: string): CheckReport {
  return { ...endpointModel, at, findings: [], capabilities: NOTHING_KNOWN, totals: NO_CALLS }
}

export function mergeReport(
  card: CheckReport,
  { probe, evaluations, at, totals }: NewFindings,
): CheckReport {
  const fresh = evaluations.map(({ finding, verdict, detail }): Finding => {
    return { finding, probe, verdict, detail, at }
  })
  const replaced = new Set(fresh.map(({ finding }) => finding))
  const findings = [...card.findings.filter(({ finding }) => !replaced.has(finding)), ...fresh]
  const forgotten = evaluations.flatMap(({ finding }) => SPEAKS_FOR[finding])
  return {
    ...card,
    at,
    findings: findings.toSorted((a, b) => orderOf(a) - orderOf(b)),
    capabilities: Object.assign(
      { ...card.capabilities },
      ...forgotten.map((name) => ({ [name]: null })),
      ...evaluations.map(({ known }) => known ?? {}),
    ),
    totals,
  }
}

function orderOf({ finding }: Finding): number {
  return FindingName.options.indexOf(finding)
}

const SPEAKS_FOR: Record<FindingName, (keyof CheckedCapabilities)[]> = {
  models: ['models'],
  streaming: ['streaming'],
  usage: ['reportsUsage'],
  cost: ['reportsCost'],
  reasoning: ['reasoningField'],
  speed: ['ttftMs', 'tokensPerSecond'],
  cached_tokens: ['reportsCached'],
  tool_arguments: ['tools', 'streamsToolArguments'],
  tool_indexes: ['toolIndexes'],
  parallel_tools: ['parallelTools'],
  stop: ['honoursStop'],
  json_mode: ['jsonMode'],
  count_endpoint: ['countEndpoint', 'countsWith'],
}
