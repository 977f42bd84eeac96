import { useQuery } from '@tanstack/react-query'
import { usageQuery, type UsageScope } from '../api/usage.ts'
import { navigate } from '../router.tsx'
import { Choice } from './choice.tsx'
import { ofDemo, type View, viewPath } from './view.ts'
import { t } from '#shared/translate.ts'

interface DemoChoiceProps {
  view: View
  scope: UsageScope
}

/** Switches between billed usage and usage of the demo. Shown only if there is demo usage. */
export function DemoChoice({ view, scope }: DemoChoiceProps) {
  const isDemo = view.filter.demo !== undefined
  const usage = useQuery(usageQuery('day', { ...scope, filter: { demo: 'true' } }))
  if (!isDemo && (usage.data?.totals.calls ?? 0) === 0) return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Choice
        legend={t`Usage of`}
        name="demo"
        options={[false, true]}
        chosen={isDemo}
        label={(demo) => (demo ? t`Demo` : t`Billed`)}
        onChoose={(demo) => navigate(viewPath(ofDemo(view, demo)))}
      />
      {isDemo && (
        <p className="text-sm text-muted">
          {t`Answers of the demo, at its own prices. You are not billed.`}
        </p>
      )}
    </div>
  )
}
