import { Hourglass } from 'lucide'
import { useState } from 'react'
import type { BudgetShortage } from '#shared/budgets.ts'
import { offerQuestion } from '#shared/notice-sentences.ts'
import { decideRun } from '../api/runs.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { t } from '#shared/translate.ts'

interface WaitingCardProps {
  runId: string
  waitId: string
  shortage: BudgetShortage
  /** The sentence about the shortage. */
  text: string
}

type Decision = 'continue' | 'stop'

/** Pauses the run until one of its buttons is pressed: now, later, or after a restart. */
export function WaitingCard({ runId, waitId, shortage, text }: WaitingCardProps) {
  const [decided, setDecided] = useState<Decision | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const decide = (decision: Decision) => {
    setDecided(decision)
    setProblem(null)
    decideRun(runId, { waitId, decision }).catch((error: Error) => {
      setDecided(null)
      setProblem(error.message)
    })
  }
  return (
    <fieldset
      aria-label={t`Waiting for a decision`}
      className="rounded-xl border border-warn bg-warn-soft px-3.5 py-3 text-sm"
    >
      <div className="flex gap-2.5">
        <Icon of={Hourglass} className="mt-0.5 size-4 shrink-0 text-warn" />
        <div role="alert" className="min-w-0 wrap-anywhere">
          <p>{text}</p>
          <p className="font-medium">{offerQuestion(shortage)}</p>
        </div>
      </div>
      <div className="mt-2.5 flex flex-wrap items-center gap-2 pl-6.5">
        <Button
          variant="primary"
          busy={decided === 'continue'}
          disabled={decided !== null}
          onClick={() => decide('continue')}
        >
          {t`Continue`}
        </Button>
        <Button
          busy={decided === 'stop'}
          disabled={decided !== null}
          onClick={() => decide('stop')}
        >
          {t`End here`}
        </Button>
        {problem !== null && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
      </div>
      {renewal(shortage) !== null && (
        <p className="pt-2 pl-6.5 text-xs text-muted">{renewal(shortage)}</p>
      )}
    </fieldset>
  )
}

function renewal({ scope }: BudgetShortage): string | null {
  if (scope === 'day') return t`A day begins at 00:00 UTC.`
  return scope === 'month' ? t`A month begins on its first day at 00:00 UTC.` : null
}
