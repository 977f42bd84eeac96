import { useId } from 'react'
import type { Finding, PlannedProbe } from '#shared/checks.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { formatPrice, PROBE_LABELS } from '#shared/check-labels.ts'
import { FindingLine } from './finding-line.tsx'
import { t } from '#shared/translate.ts'

type FindingGroup = [Finding, ...Finding[]]

/** Groups consecutive findings that are unknown for the same reason. */
function groupFindings(findings: Finding[]): FindingGroup[] {
  const lines: FindingGroup[] = []
  for (const finding of findings) {
    const [before] = lines.at(-1) ?? []
    const isSame = before?.verdict === 'unknown' && before.detail === finding.detail
    if (isSame) lines.at(-1)?.push(finding)
    else lines.push([finding])
  }
  return lines
}

interface ProbeRowProps {
  probe: PlannedProbe
  isDemo: boolean
  findings: Finding[]
  chosen: boolean
  /** True while this probe runs. */
  current: boolean
  disabled: boolean
  onChoose: (chosen: boolean) => void
}

/** A probe with its checkbox, maximum cost and findings. */
export function ProbeRow({
  probe,
  isDemo,
  findings,
  chosen,
  current,
  disabled,
  onChoose,
}: ProbeRowProps) {
  const id = useId()
  const labels = PROBE_LABELS[probe.probe]
  const [title, hint] = [labels.title(), labels.hint()]
  return (
    <li className="py-3.5">
      <div className="flex items-start gap-3">
        <input
          id={id}
          type="checkbox"
          aria-describedby={`${id}-hint ${id}-price`}
          className="mt-1 size-4 shrink-0 accent-(--accent)"
          checked={chosen}
          disabled={disabled}
          onChange={(event) => onChoose(event.target.checked)}
        />
        <div className="min-w-0 flex-1">
          <div className="flex items-start justify-between gap-3">
            <label
              htmlFor={id}
              className="flex-1 font-medium pointer-coarse:-my-2.5 pointer-coarse:py-2.5"
            >
              {title}
            </label>
            <span
              id={`${id}-price`}
              className="flex h-6 shrink-0 items-center gap-2 text-sm text-muted tabular-nums"
            >
              {current && <Spinner />}
              {formatPrice(probe, isDemo)}
            </span>
          </div>
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        </div>
      </div>
      {findings.length > 0 && (
        <ul aria-label={t`Found: ${title}`} className="space-y-1.5 pt-2.5 pl-7">
          {groupFindings(findings).map((same) => (
            <FindingLine key={same[0].finding} findings={same} />
          ))}
        </ul>
      )}
    </li>
  )
}
