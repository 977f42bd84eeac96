import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide'
import { useEffect } from 'react'
import type { ProviderInfo, ProviderModels } from '#shared/api.ts'
import { visibleText } from '#shared/visible-text.ts'
import { modelLabel } from '#shared/model-label.ts'
import { testProvider } from '../../api/providers.ts'
import { Link } from '../../router.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { KeyForm } from './key-form.tsx'
import {
  API_LABELS,
  formatKeyProblem,
  formatKey,
  formatModels,
  formatOrigin,
} from './provider-label.ts'
import { t } from '#shared/translate.ts'

interface ProviderCardProps {
  provider: ProviderInfo
  /** The models it lists; undefined until they are loaded. */
  models: ProviderModels | undefined
  /** Whether new chats start with it. */
  isDefault: boolean
  /** When it was saved on this page; null if it was not. */
  savedAt: number | null
  onEdit: () => void
  onRemove: () => void
}

export function ProviderCard(props: ProviderCardProps) {
  const { provider, models, isDefault, savedAt, onEdit, onRemove } = props
  const { name, kind, baseUrl, editable } = provider
  const client = useQueryClient()
  const testing = useMutation({ mutationFn: () => testProvider(client, name) })
  const test = testing.mutate
  useEffect(() => {
    if (savedAt !== null) test()
  }, [savedAt, test])
  const origin = formatOrigin(provider)
  const needsKey = models?.needsKey === true
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3.5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-48 flex-1">
          <h3 className="font-medium wrap-anywhere">
            {visibleText(name)}
            {isDefault && (
              <span className="ml-2 rounded-md bg-accent-soft px-1.5 py-0.5 align-middle text-xs font-normal text-accent">
                {t`Default`}
              </span>
            )}
          </h3>
          {baseUrl !== null && (
            <p className="pt-0.5 font-mono text-xs text-muted wrap-anywhere">{baseUrl}</p>
          )}
        </div>
        <div className="-mr-1 flex items-center gap-1">
          {kind !== 'demo' && (
            <Button
              aria-label={t`Test ${name}`}
              busy={testing.isPending}
              onClick={() => testing.mutate()}
            >
              {t`Test`}
            </Button>
          )}
          {editable && (
            <>
              <IconButton label={t`Edit ${name}`} onClick={onEdit}>
                <Icon of={Pencil} />
              </IconButton>
              <IconButton label={t`Remove ${name}`} onClick={onRemove}>
                <Icon of={Trash2} />
              </IconButton>
            </>
          )}
        </div>
      </div>
      <p className="pt-2 text-sm text-muted wrap-anywhere">{factsIn(provider).join(' · ')}</p>
      {origin !== null && <p className="pt-1 text-sm text-muted">{origin}</p>}
      <div className="flex flex-wrap items-end justify-between gap-x-4">
        <ProviderStatus
          {...props}
          isTested={testing.isSuccess}
          isTesting={testing.isPending}
          error={testing.error}
        />
        {!needsKey && (
          <Link
            href={`/settings/check?${new URLSearchParams({ provider: name })}`}
            className="inline-flex min-h-6 items-center pt-1 text-sm text-muted underline underline-offset-2 hover:text-ink pointer-coarse:min-h-11"
          >
            {t`Check what it can do`}
            <span className="sr-only">: {name}</span>
          </Link>
        )}
      </div>
      {needsKey && <KeyForm name={name} baseUrl={provider.baseUrl} />}
    </li>
  )
}

function factsIn(provider: ProviderInfo): string[] {
  const { kind, api, defaultModel } = provider
  return [
    ...(kind === 'demo' ? [] : [API_LABELS[api]]),
    ...(kind === 'configured' ? [formatKey(provider)] : []),
    ...(defaultModel === null ? [] : [t`Starts with ${modelLabel(defaultModel)}`]),
  ]
}

interface ProviderStatusProps extends ProviderCardProps {
  isTested: boolean
  isTesting: boolean
  error: Error | null
}

/** The problem of the provider, or how many models it offers. */
function ProviderStatus({ provider, models, isTested, isTesting, error }: ProviderStatusProps) {
  const problem = formatKeyProblem(provider) ?? error?.message ?? models?.problem ?? null
  if (isTesting) return <output className="block pt-1 text-sm text-muted">{t`Asking it…`}</output>
  return (
    <output className={`block text-sm ${problem === null ? '' : 'w-full'}`}>
      {problem !== null && (
        <span className="mt-2 block rounded-lg bg-warn-soft px-3 py-2 text-warn wrap-anywhere">
          {problem}
        </span>
      )}
      {problem === null && models !== undefined && provider.kind !== 'demo' && (
        <span className="block pt-1 text-muted">
          {isTested ? t`It answers, with ${formatModels(models)}.` : formatModels(models)}
        </span>
      )}
    </output>
  )
}
