// What a judgement says: a verdict, one sentence, and what of it Tally goes by.
import type { CheckedCapabilities, FindingName, Verdict } from '#shared/checks.ts'

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
