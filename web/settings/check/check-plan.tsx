import { useState } from 'react'
import { formatPlan, PROBE_LABELS } from '#shared/check-labels.ts'
import type { CheckReport, EndpointCheck, Finding, ProbeName } from '#shared/checks.ts'
import { stopCheck } from '../../api/checks.ts'
import { Link } from '../../router.tsx'
import { Amount } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { ProbeRow } from './probe-row.tsx'
import type { Making } from './use-make-check.ts'
import { language, plural, t } from '#shared/translate.ts'

interface CheckPlanProps {
  check: EndpointCheck
  making: Making
}

/** The probes of an endpoint, with their maximum cost and their findings. */
export function CheckPlan({ check, making }: CheckPlanProps) {
  const { provider, model, plan, card, running } = check
  const [left, setLeft] = useState<ReadonlySet<ProbeName>>(new Set())
  const chosen = plan.filter(({ probe }) => !left.has(probe))
  const isRunning = running !== null || making.isPending
  const isDemo = provider === 'demo'
  const isUnpriced = plan.some(({ atMostNanoUsd }) => atMostNanoUsd === null)
  const choose = (probe: ProbeName, isChosen: boolean) => {
    const next = new Set(left)
    if (isChosen) next.delete(probe)
    else next.add(probe)
    setLeft(next)
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 pt-3">
        <Button
          variant="primary"
          busy={isRunning}
          disabled={chosen.length === 0}
          onClick={() => making.mutate({ model, probes: chosen.map(({ probe }) => probe) })}
        >
          {card === null ? t`Run the checks` : t`Run the checks again`}
        </Button>
        {isRunning && <Button onClick={() => void stopCheck(provider)}>{t`Stop`}</Button>}
        <output className="text-sm text-muted tabular-nums">
          {running === null ? formatPlan(chosen, isDemo) : formatProgress(running, model)}
        </output>
        {isUnpriced && !isRunning && (
          <Link
            href={`/settings/prices?${new URLSearchParams({ provider, model })}`}
            className="text-sm font-medium text-accent underline underline-offset-4"
          >
            {t`Add a price`}
          </Link>
        )}
      </div>
      {making.error !== null && !isRunning && (
        <p role="alert" className="pt-2 text-sm text-danger">
          {making.error.message}
        </p>
      )}
      {card !== null && <CheckCost card={card} isRunning={isRunning} />}
      <ul aria-label={t`Checks`} className="mt-4 divide-y divide-line border-y border-line">
        {plan.map((probe) => (
          <ProbeRow
            key={probe.probe}
            probe={probe}
            isDemo={isDemo}
            findings={isAhead(check, probe.probe) ? [] : findingsOf(check, probe.probe)}
            chosen={!left.has(probe.probe)}
            current={running?.model === model && running.current === probe.probe}
            disabled={isRunning}
            onChoose={(isChosen) => choose(probe.probe, isChosen)}
          />
        ))}
      </ul>
    </>
  )
}

/** Whether the running check has this probe ahead of it, so that its old findings are outdated. */
function isAhead({ running, model }: EndpointCheck, probe: ProbeName): boolean {
  if (running === null || running.model !== model) return false
  const at = running.probes.indexOf(probe)
  return at !== -1 && (running.current === null || at >= running.probes.indexOf(running.current))
}

function findingsOf({ card }: EndpointCheck, probe: ProbeName): Finding[] {
  return card?.findings.filter((finding) => finding.probe === probe) ?? []
}

function formatProgress(
  { current, probes, model }: NonNullable<EndpointCheck['running']>,
  shown: string,
): string {
  if (model !== shown) return t`${model} is being checked.`
  if (current === null) return t`About to begin.`
  return t`${probes.indexOf(current) + 1} of ${probes.length}: ${PROBE_LABELS[current].title()}`
}

function formatTime(at: string): string {
  return new Date(at).toLocaleString(language() === 'en' ? undefined : language())
}

interface CheckCostProps {
  card: CheckReport
  isRunning: boolean
}

/** What the check has cost, with a note if the server does not report usage. */
export function CheckCost({ card, isRunning }: CheckCostProps) {
  const { at, capabilities, provider, totals } = card
  const demo: Record<string, string> = totals.demo ? { demo: 'true' } : {}
  const checks = new URLSearchParams({ provider, purpose: 'check', ...demo })
  const requests = plural(totals.calls, { one: t`1 request`, other: t`${totals.calls} requests` })
  return (
    <div className="space-y-2 pt-2 text-sm text-muted">
      <p>
        {isRunning ? t`So far` : t`Last checked on ${formatTime(at)}`}
        {totals.calls > 0 && (
          <>
            : {requests}, <Amount of={totals} className="font-medium text-ink" />
          </>
        )}
        .{' '}
        <Link
          href={`/usage?${checks}`}
          className="font-medium text-accent underline underline-offset-4"
        >
          {t`See it in the usage`}
        </Link>
      </p>
      {capabilities.reportsUsage === 'no' && (
        <p className="w-fit rounded-lg bg-warn-soft px-3 py-2 text-warn">
          {t`This server does not report usage: amounts are estimates.`}
        </p>
      )}
    </div>
  )
}
