import type { CheckReport } from '#shared/checks.ts'
import { Link } from '../../router.tsx'
import { Amount } from '../../ui/amount.tsx'

interface CheckCostProps {
  card: CheckReport
  isRunning: boolean
}

/** What the check has cost, with a note if the server does not report usage. */
export function CheckCost({ card, isRunning }: CheckCostProps) {
  const { at, capabilities, provider, totals } = card
  const demo: Record<string, string> = totals.demo ? { demo: 'true' } : {}
  const checks = new URLSearchParams({ provider, purpose: 'check', ...demo })
  const requests = totals.calls === 1 ? '1 request' : `${totals.calls} requests`
  return (
    <div className="space-y-2 pt-2 text-sm text-muted">
      <p>
        {isRunning ? 'So far' : `Last checked on ${new Date(at).toLocaleString()}`}
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
          See it in the usage
        </Link>
      </p>
      {capabilities.reportsUsage === 'no' && (
        <p className="w-fit rounded-lg bg-warn-soft px-3 py-2 text-warn">
          This server does not report usage: amounts are estimates.
        </p>
      )}
    </div>
  )
}
