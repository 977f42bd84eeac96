import { CircleCheck, CircleDashed, CircleDot, CircleX } from 'lucide'
import type { Finding, FindingName } from '#shared/checks.ts'
import { Icon } from '../../ui/icon.tsx'
import { FINDING_LABELS, VERDICT_LABELS } from '#shared/check-labels.ts'

const SIGNS = { yes: CircleCheck, partly: CircleDot, no: CircleX, unknown: CircleDashed }

/** Findings that matter to Tally, shown in red when missing. */
const ESSENTIAL = new Set<FindingName>(['models', 'streaming', 'usage', 'tool_arguments', 'stop'])

/** Findings with the same detail on one line, with their verdict. */
export function FindingLine({ findings }: { findings: [Finding, ...Finding[]] }) {
  const [found] = findings
  const { finding, verdict, detail } = found
  const color = colorOf(found)
  const isMeasure = finding === 'speed' && verdict === 'yes'
  return (
    <li className="flex gap-2.5 text-sm">
      <Icon of={SIGNS[verdict]} className={`mt-0.5 size-4 shrink-0 ${color}`} />
      <p className="min-w-0 wrap-anywhere">
        <span className="font-medium">
          {findings.map((one) => FINDING_LABELS[one.finding]()).join(', ')}
          {!isMeasure && (
            <>
              : <span className={color}>{VERDICT_LABELS[verdict]()}</span>
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

function colorOf({ finding, verdict }: Finding): string {
  switch (verdict) {
    case 'yes':
      return 'text-accent'
    case 'partly':
      return 'text-warn'
    case 'no':
      return ESSENTIAL.has(finding) ? 'text-danger' : 'text-muted'
    case 'unknown':
      return 'text-muted'
  }
}

/** Renders text between backticks as code. */
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
