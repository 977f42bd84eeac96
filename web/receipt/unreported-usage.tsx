import { useQuery } from '@tanstack/react-query'
import type { ProviderModels } from '#shared/api.ts'
import type { ModelCall } from '#shared/ledger.ts'
import { modelsQuery } from '../api/queries.ts'
import { Link } from '../router.tsx'
import { t } from '#shared/translate.ts'

/** Explains estimates of a server that did not report usage. */
export function UnreportedUsage({ calls }: { calls: ModelCall[] }) {
  const providers = useQuery(modelsQuery()).data?.items ?? []
  const call = calls.find(isUnreported)
  if (call === undefined || !providers.some(({ name }) => name === call.provider)) return null
  if (isKnown(call, providers)) {
    return <p className={CLASSES}>{t`This server does not report usage: amounts are estimates.`}</p>
  }
  const query = new URLSearchParams({ provider: call.provider, model: call.modelRequested })
  return (
    <p className={CLASSES}>
      {t`This server did not report what was used.`}{' '}
      <Link href={`/settings/check?${query}`} className="font-medium underline underline-offset-4">
        {t`Check what it reports`}
      </Link>
    </p>
  )
}

const CLASSES = 'w-full rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn'

function isUnreported({ status, certainty, rawUsage }: ModelCall): boolean {
  const isMissing = rawUsage === null || rawUsage === undefined
  return status === 'completed' && certainty === 'estimated' && isMissing
}

function isKnown({ provider, modelRequested }: ModelCall, providers: ProviderModels[]): boolean {
  const models = providers.find(({ name }) => name === provider)?.models ?? []
  return models.find(({ id }) => id === modelRequested)?.reportsUsage === false
}
