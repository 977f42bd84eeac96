import { CircleCheck, CircleDashed, CircleDot, CircleX } from 'lucide'
import type { Finding, FindingName } from '#shared/checks.ts'
import { Icon } from '../../ui/icon.tsx'
import { FINDING_LABELS, VERDICT_LABELS } from '#shared/check-labels.ts'

const SIGNS = { yes: CircleCheck, partly: CircleDot, no: CircleX, unknown: CircleDashed }

/** Without these Tally works worse; the others are good to know. */
const MISSED = new Set<FindingName>(['models', 'streaming', 'usage', 'tool_arguments', 'stop'])

/** What was learned, with its verdict in a word and a sign; several findings that say the same. */
export function FindingLine({ findings }: { findings: [Finding, ...Finding[]] }) {
  const [found] = findings
  const { finding, verdict, detail } = found
  const variant = variantOf(found)
  const isMeasure = finding === 'speed' && verdict === 'yes'
  return (
    <li className="flex gap-2.5 text-sm">
      <Icon of={SIGNS[verdict]} className={`mt-0.5 size-4 shrink-0 ${variant}`} />
      <p className="min-w-0 wrap-anywhere">
        <span className="font-medium">
          {findings.map((one) => FINDING_LABELS[one.finding]).join(', ')}
          {!isMeasure && (
            <>
              : <span className={variant}>{VERDICT_LABELS[verdict]}</span>
            </>
          )}
          .
        </span>{' '}
        <span className="text-muted">
          <WithCode text={detail} />
        </span>
      </p>
    </li>
  )
}

function variantOf({ finding, verdict }: Finding): string {
  switch (verdict) {
    case 'yes':
      return 'text-accent'
    case 'partly':
      return 'text-warn'
    case 'no':
      return MISSED.has(finding) ? 'text-danger' : 'text-muted'
    case 'unknown':
      return 'text-muted'
  }
}

/** Names of fields stand between backticks. */
function WithCode({ text }: { text: string }) {
  return text.split('`').map((piece, at) =>
    at % 2 === 0 ? (
      piece
    ) : (
      <code key={`${at} ${piece}`} className="rounded bg-sunken px-1 font-mono text-xs text-ink">
        {piece}
      </code>
    ),
  )
}
