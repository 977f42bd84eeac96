// The labels of probes and findings, and the cost of a check, for the page and the command.
import type { FindingName, PlannedProbe, ProbeName, Verdict } from './checks.ts'
import { formatUsd } from './money.ts'
import { language, plural, t, tAs } from './translate.ts'

interface ProbeLabels {
  title: () => string
  hint: () => string
}

export const PROBE_LABELS: Record<ProbeName, ProbeLabels> = {
  models: { title: () => t`Models`, hint: () => t`Reads the list of models.` },
  answer: {
    title: () => t`A streamed answer`,
    hint: () => t`A short question: how the answer arrives, and what is said of its cost.`,
  },
  repeat: {
    title: () => t`The same prompt twice`,
    hint: () => t`A long prompt, sent two times: whether the second one comes from a cache.`,
  },
  tools: { title: () => t`Tools`, hint: () => t`A question that needs two tools at once.` },
  stop: {
    title: () => t`Stop`,
    hint: () => t`A long answer that is stopped early, and a short one after it.`,
  },
  json: {
    title: () => 'JSON',
    hint: () => t`An answer of a given shape, as titles are asked for.`,
  },
  count: {
    title: () => tAs('a check')`Counting`,
    hint: () => t`Whether the server counts input before it is sent.`,
  },
}

export const FINDING_LABELS: Record<FindingName, () => string> = {
  models: () => t`Lists its models`,
  streaming: () => t`Streams`,
  usage: () => t`Reports usage`,
  cost: () => t`Names the amount`,
  reasoning: () => t`Shows reasoning`,
  speed: () => t`Speed`,
  cached_tokens: () => t`Counts cached tokens`,
  tool_arguments: () => t`Streams tool arguments`,
  tool_indexes: () => t`Numbers tool calls`,
  parallel_tools: () => t`Calls tools in parallel`,
  stop: () => t`Takes a stop`,
  json_mode: () => t`Writes JSON`,
  count_endpoint: () => t`Counts input`,
}

export const VERDICT_LABELS: Record<Verdict, () => string> = {
  yes: () => t`Yes`,
  partly: () => t`Partly`,
  no: () => t`No`,
  unknown: () => t`Not known`,
}

/** Formats the worst-case cost of one probe. What the demo costs is no money. */
export function formatPrice(
  { requests, freeRequests, atMostNanoUsd }: PlannedProbe,
  isDemo: boolean,
): string {
  if (requests === freeRequests || atMostNanoUsd === 0) return t`free`
  if (isDemo) return t`demo`
  return atMostNanoUsd === null ? t`unpriced` : t`at most ${formatUsd(atMostNanoUsd)}`
}

/** Formats the worst-case cost of the chosen probes together. */
export function formatPlan(plan: PlannedProbe[], isDemo: boolean): string {
  const requests = plan.reduce((sum, probe) => sum + probe.requests, 0)
  const free = plan.reduce((sum, probe) => sum + probe.freeRequests, 0)
  if (requests === 0) return t`Nothing is billed.`
  const all = plural(requests, { one: t`1 request`, other: t`${requests} requests` })
  if (requests === free) return t`${all}, free.`
  const tokens = plan.reduce((sum, probe) => sum + probe.inputTokens + probe.outputTokens, 0)
  const most = t`at most ${tokens.toLocaleString(language())} tokens`
  const size = `${free === 0 ? all : t`${all}, ${free} of them free`}, ${most}`
  if (isDemo) return t`${size}. The demo bills nothing.`
  const priced = plan.filter(({ atMostNanoUsd }) => atMostNanoUsd !== null)
  if (priced.length < plan.length) return t`${size}. The model has no price.`
  const sum = priced.reduce((total, { atMostNanoUsd }) => total + (atMostNanoUsd ?? 0), 0)
  return sum === 0 ? t`${all}, ${most}, free.` : t`${size} and ${formatUsd(sum)}.`
}
