// Whether the server says what was used, and when: once at the end, or running totals, of which the
// last one counts.
import type { ParsedAnswer } from '../parse-answer.ts'
import type { Evaluation } from './finding.ts'

const ESTIMATES = 'Tokens and amounts are estimates.'

export function evaluateUsage({ pieces, usageAfter, hasEmptyUsage }: ParsedAnswer): Evaluation {
  const finding = 'usage'
  if (usageAfter.length === 0) {
    const what = hasEmptyUsage ? 'an empty `usage`' : 'no `usage`'
    const detail = `The answer has ${what}. ${ESTIMATES}`
    return { finding, verdict: 'no', detail, known: { reportsUsage: 'no' } }
  }
  const early = usageAfter.filter((before) => before < pieces.length).length
  if (early > 1) {
    const detail = `Running totals: ${usageAfter.length} reports while the answer went on. The last one counts.`
    return { finding, verdict: 'yes', detail, known: { reportsUsage: 'running' } }
  }
  const detail = 'Reported once, at the end of the answer.'
  return { finding, verdict: 'yes', detail, known: { reportsUsage: 'final' } }
}
