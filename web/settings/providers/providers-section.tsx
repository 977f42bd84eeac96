import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProviderInfo } from '#shared/api.ts'
import {
  addProvider,
  appSettingsQuery,
  dropKey,
  providersQuery,
  reloadProviders,
  removeProvider,
  updateProvider,
} from '../../api/providers.ts'
import { modelsQuery } from '../../api/queries.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ProviderCard } from './provider-card.tsx'
import { ProviderDialog } from './provider-dialog.tsx'
import { type ProviderForm, toProvider, toUpdate } from './provider-form.ts'
import { RemoveProvider } from './remove-provider.tsx'
import { t } from '#shared/translate.ts'

/** All providers with their keys and problems. */
export function ProvidersSection() {
  const providers = useQuery(providersQuery())
  if (providers.data !== undefined) return <Providers providers={providers.data.items} />
  return (
    <>
      <h2 className="text-lg font-semibold tracking-tight">{t`Providers`}</h2>
      {providers.isPending ? (
        <Skeleton className="mt-5 h-40 w-full" />
      ) : (
        <ErrorState
          title={t`Providers could not be loaded`}
          error={providers.error}
          onRetry={() => void providers.refetch()}
        />
      )}
    </>
  )
}

type Opened = { what: 'add' } | { what: 'edit' | 'remove'; name: string }

interface Saved {
  name: string
  at: number
}

/** Opens the provider that the address names for editing. */
function openedByAddress(providers: ProviderInfo[]): Opened | null {
  const name = new URLSearchParams(location.search).get('provider')
  const isEditable = providers.some((one) => one.name === name && one.editable)
  return name !== null && isEditable ? { what: 'edit', name } : null
}

function Providers({ providers }: { providers: ProviderInfo[] }) {
  const client = useQueryClient()
  const models = useQuery(modelsQuery()).data
  const keysEncrypted = useQuery(appSettingsQuery()).data?.keysEncrypted ?? false
  const [opened, setOpened] = useState(() => openedByAddress(providers))
  /** The provider saved last; its card tests the connection. */
  const [saved, setSaved] = useState<Saved | null>(null)
  const close = () => setOpened(null)
  const openedName = opened !== null && opened.what !== 'add' ? opened.name : null
  const provider = providers.find(({ name }) => name === openedName) ?? null
  const reload = () => reloadProviders(client)

  const save = async (form: ProviderForm) => {
    const { name } = await (openedName === null
      ? addProvider(toProvider(form))
      : updateProvider(openedName, toUpdate(form)))
    await reload()
    setSaved({ name, at: performance.now() })
  }
  return (
    <>
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto text-lg font-semibold tracking-tight">{t`Providers`}</h2>
        <Button variant="primary" onClick={() => setOpened({ what: 'add' })}>
          {t`Add a provider`}
        </Button>
      </header>
      <p className="max-w-prose pt-1 text-sm text-muted">
        {t`Connect a service such as OpenAI or OpenRouter, or a model on your own computer. Your messages go only to the provider that you choose.`}
      </p>
      {providers.every(({ kind }) => kind === 'demo') && (
        <div className="mt-5 rounded-xl border border-dashed border-line-strong">
          <EmptyState title={t`No provider is connected`}>
            {t`The demo answers until you add one. Local servers such as Ollama appear here by themselves while they run.`}
          </EmptyState>
        </div>
      )}
      <ul aria-label={t`Providers`} className="space-y-3 pt-5">
        {providers.map((one) => (
          <ProviderCard
            key={one.name}
            provider={one}
            models={models?.items.find(({ name }) => name === one.name)}
            isDefault={models?.default?.provider === one.name}
            savedAt={saved?.name === one.name ? saved.at : null}
            onEdit={() => setOpened({ what: 'edit', name: one.name })}
            onRemove={() => setOpened({ what: 'remove', name: one.name })}
          />
        ))}
      </ul>
      {(opened?.what === 'add' || (opened?.what === 'edit' && provider !== null)) && (
        <ProviderDialog
          provider={provider}
          taken={providers.map(({ name }) => name)}
          keysEncrypted={keysEncrypted}
          onSave={save}
          onDropKey={() => dropKey(openedName ?? '').then(reload)}
          onClose={close}
        />
      )}
      {opened?.what === 'remove' && provider !== null && (
        <RemoveProvider
          name={provider.name}
          onRemove={() => removeProvider(provider.name).then(reload)}
          onClose={close}
        />
      )}
    </>
  )
}
