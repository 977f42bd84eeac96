// The labels of probes and findings, and the cost of a check, for the page and the command.
import type { FindingName, PlannedProbe, ProbeName, Verdict } from './checks.ts'
import { formatUsd } from './money.ts'

interface ProbeLabels {
  title: string
  hint: string
}

export const PROBE_LABELS: Record<ProbeName, ProbeLabels> = {
  models: { title: 'Models', hint: 'Reads the list of models.' },
  answer: {
    title: 'A streamed answer',
    hint: 'A short question: how the answer arrives, and what is said of its cost.',
  },
  repeat: {
    title: 'The same prompt twice',
    hint: 'A long prompt, sent two times: whether the second one comes from a cache.',
  },
  tools: { title: 'Tools', hint: 'A question that needs two tools at once.' },
  stop: {
    title: 'Stop',
    hint: 'A long answer that is stopped early, and a short one after it.',
  },
  json: { title: 'JSON', hint: 'An answer of a given shape, as titles are asked for.' },
  count: { title: 'Counting', hint: 'Whether the server counts input before it is sent.' },
}

export const FINDING_LABELS: Record<FindingName, string> = {
  models: 'Lists its models',
  streaming: 'Streams',
  usage: 'Reports usage',
  cost: 'Names the amount',
  reasoning: 'Shows reasoning',
  speed: 'Speed',
  cached_tokens: 'Counts cached tokens',
  tool_arguments: 'Streams tool arguments',
  tool_indexes: 'Numbers tool calls',
  parallel_tools: 'Calls tools in parallel',
  stop: 'Takes a stop',
  json_mode: 'Writes JSON',
  count_endpoint: 'Counts input',
}

export const VERDICT_LABELS: Record<Verdict, string> = {
  yes: 'Yes',
  partly: 'Partly',
  no: 'No',
  unknown: 'Not known',
}

/** Formats the worst-case cost of one probe. What the demo costs is no money. */
export function formatPrice(
  { requests, freeRequests, atMostNanoUsd }: PlannedProbe,
  isDemo: boolean,
): string {
  if (requests === freeRequests || atMostNanoUsd === 0) return 'free'
  if (isDemo) return 'demo'
  return atMostNanoUsd === null ? 'unpriced' : `at most ${formatUsd(atMostNanoUsd)}`
}

/** Formats the worst-case cost of the chosen probes together. */
export function formatPlan(plan: PlannedProbe[], isDemo: boolean): string {
  const requests = plan.reduce((sum, probe) => sum + probe.requests, 0)
  const free = plan.reduce((sum, probe) => sum + probe.freeRequests, 0)
  if (requests === 0) return 'Nothing is billed.'
  const all = requests === 1 ? '1 request' : `${requests} requests`
  if (requests === free) return `${all}, free.`
  const tokens = plan.reduce((sum, probe) => sum + probe.inputTokens + probe.outputTokens, 0)
  const most = `at most ${tokens.toLocaleString('en-US')} tokens`
  const size = `${free === 0 ? all : `${all}, ${free} of them free`}, ${most}`
  if (isDemo) return `${size}. The demo bills nothing.`
  const priced = plan.filter(({ atMostNanoUsd }) => atMostNanoUsd !== null)
  if (priced.length < plan.length) return `${size}. The model has no price.`
  const sum = priced.reduce((total, { atMostNanoUsd }) => total + (atMostNanoUsd ?? 0), 0)
  return sum === 0 ? `${all}, ${most}, free.` : `${size} and ${formatUsd(sum)}.`
}
