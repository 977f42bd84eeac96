import { Hourglass } from 'lucide'
import { useState } from 'react'
import { stopRun } from '../api/runs.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { t } from '#shared/translate.ts'

interface HeldBackProps {
  /** The sentence about the reserved amount. */
  text: string
  /** The stopped runs that are counted out of it. */
  heldFor: string[]
}

/** The run waits for others, and goes on by itself. Counting can be ended, so that it goes on now. */
export function HeldBack({ text, heldFor }: HeldBackProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const stopCounting = () => {
    setBusy(true)
    setProblem(null)
    Promise.all(heldFor.map((runId) => stopRun(runId)))
      .catch((error: Error) => setProblem(error.message))
      .finally(() => setBusy(false))
  }
  return (
    <div className="flex gap-2 text-sm text-muted">
      <Icon of={Hourglass} className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 wrap-anywhere">
        <output className="block">{t`${text} This answer waits for it.`}</output>
        {heldFor.length > 0 && (
          <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
            <Button className="h-8" busy={busy} onClick={stopCounting}>
              {t`Stop counting`}
            </Button>
            <span className="text-xs">{t`The cost of that one stays an estimate then.`}</span>
          </p>
        )}
        {problem !== null && (
          <p role="alert" className="mt-1 text-danger">
            {problem}
          </p>
        )}
      </div>
    </div>
  )
}
