import { visibleText } from '#shared/visible-text.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { modelsQuery } from '../../api/queries.ts'
import { checkQuery } from '../../api/checks.ts'
import { navigate } from '../../router.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ModelPicker } from '../model-picker.tsx'
import { CheckPlan } from './check-plan.tsx'
import { useMakeCheck } from './use-make-check.ts'
import { t } from '#shared/translate.ts'

interface Chosen {
  provider: string
  /** Null means the provider's default model. */
  model: string | null
}

/** Checks with a few small requests what an endpoint can do. */
export function CheckSection() {
  const models = useQuery(modelsQuery())
  const [chosen, setChosen] = useState<Chosen | null>(readAddress)
  const defaultChoice = models.data?.default ?? null
  const current = chosen ?? defaultChoice
  const choose = (to: Chosen) => {
    setChosen(to)
    navigate(addressOf(to), { replace: true })
  }
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">{t`Endpoint check`}</h2>
      <p className="max-w-prose pt-1 text-sm text-muted">
        {t`Providers differ in what they support and report. A few small requests show what yours does, and which of its figures are estimates. They appear under Usage like any other request.`}
      </p>
      {models.isPending && <Skeleton className="mt-5 h-72 w-full" />}
      {models.isError && (
        <ErrorState
          title={t`The providers could not be loaded`}
          error={models.error}
          onRetry={() => void models.refetch()}
        />
      )}
      {models.data !== undefined && current === null && (
        <EmptyState title={t`There is no model to check`}>
          {models.data.items.find(({ problem }) => problem !== null)?.problem}
        </EmptyState>
      )}
      {models.data !== undefined && current !== null && (
        <OneEndpoint key={`${current.provider} ${current.model}`} {...current} onChoose={choose} />
      )}
    </>
  )
}

function OneEndpoint({ provider, model, onChoose }: Chosen & { onChoose: (to: Chosen) => void }) {
  const making = useMakeCheck(provider)
  const check = useQuery(checkQuery(provider, model, making.isPending))
  const shown = model ?? check.data?.model ?? null
  // A problem of the provider is a better explanation than the failed check.
  const listed = useQuery(modelsQuery()).data?.items.find(({ name }) => name === provider)
  const problem = listed?.problem ?? null
  return (
    <>
      <div className="-ml-2 pt-4">
        <ModelPicker value={{ provider, model: shown ?? t`Default model` }} onChange={onChoose} />
        <p className="pl-2 text-sm wrap-anywhere text-muted sm:hidden">{visibleText(provider)}</p>
      </div>
      {check.isPending && <Skeleton className="mt-3 h-72 w-full" />}
      {check.isLoadingError && (
        <ErrorState
          title={t`${visibleText(provider)} cannot be checked`}
          error={problem === null ? check.error : new Error(problem)}
          onRetry={() => void check.refetch()}
        />
      )}
      {check.data !== undefined && <CheckPlan check={check.data} making={making} />}
    </>
  )
}

function addressOf({ provider, model }: Chosen): string {
  return `/settings/check?${new URLSearchParams({ provider, ...(model !== null && { model }) })}`
}

function readAddress(): Chosen | null {
  const query = new URLSearchParams(location.search)
  const provider = query.get('provider')
  return provider === null || provider === '' ? null : { provider, model: query.get('model') }
}
