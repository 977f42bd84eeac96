import type { ApiKind, ProviderInfo, ProviderModels } from '#shared/api.ts'

export const API_LABELS: Record<ApiKind, string> = {
  chat_completions: 'Chat Completions',
  responses: 'Responses',
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

export function formatKey({ keySource, keyName, keySetAt }: ProviderInfo): string {
  switch (keySource) {
    case 'environment':
      return keyName === null ? 'Key from the environment' : `Key from ${keyName}`
    case 'stored':
      return keySetAt === null ? 'Key stored' : `Key stored on ${formatDay(keySetAt)}`
    case 'none':
      return 'No key'
  }
}

/** Returns why the key cannot be read, or null. */
export function formatKeyProblem({ keyProblem }: ProviderInfo): string | null {
  return keyProblem === null ? null : `Its key cannot be read. ${keyProblem}`
}

export function formatDay(at: string): string {
  return day.format(new Date(at))
}

/** Returns the origin of a provider that was not added on this page. */
export function formatOrigin({ kind, setBy }: ProviderInfo): string | null {
  switch (kind) {
    case 'demo':
      return 'Part of Tally, not a language model. It answers until a provider is connected.'
    case 'discovered':
      return 'Found on this computer. Free of charge.'
    case 'configured':
      return setBy === null ? null : formatFixed(setBy)
  }
}

function formatFixed(setBy: string): string {
  return setBy === 'TALLY_PROVIDERS'
    ? 'Set up in the file that TALLY_PROVIDERS names. Change it there.'
    : `Set up by ${setBy} in the environment. Change it there.`
}

export function formatModels({ models }: ProviderModels): string {
  return models.length === 1 ? '1 model' : `${models.length.toLocaleString('en-US')} models`
}
