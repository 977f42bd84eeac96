import type { ApiKind, ProviderInfo, ProviderModels } from '#shared/api.ts'
import { language, plural, t } from '#shared/translate.ts'

export const API_LABELS: Record<ApiKind, string> = {
  chat_completions: t`Chat Completions`,
  responses: t`Responses`,
}

const day = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {
  dateStyle: 'medium',
})

export function formatKey({ keySource, keyName, keySetAt }: ProviderInfo): string {
  switch (keySource) {
    case 'environment':
      return keyName === null ? t`Key from the environment` : t`Key from ${keyName}`
    case 'stored':
      return keySetAt === null ? t`Key stored` : t`Key stored on ${formatDay(keySetAt)}`
    case 'none':
      return t`No key`
  }
}

/** Returns why the key cannot be read, or null. */
export function formatKeyProblem({ keyProblem }: ProviderInfo): string | null {
  return keyProblem === null ? null : t`Its key cannot be read. ${keyProblem}`
}

export function formatDay(at: string): string {
  return day.format(new Date(at))
}

/** Returns the origin of a provider that was not added on this page. */
export function formatOrigin({ kind, setBy }: ProviderInfo): string | null {
  switch (kind) {
    case 'demo':
      return t`Part of Tally, not a language model. It answers until a provider is connected.`
    case 'discovered':
      return t`Found on this computer. Free of charge.`
    case 'configured':
      return setBy === null ? null : formatFixed(setBy)
  }
}

function formatFixed(setBy: string): string {
  return setBy === 'TALLY_PROVIDERS'
    ? t`Set up in the file that TALLY_PROVIDERS names. Change it there.`
    : t`Set up by ${setBy} in the environment. Change it there.`
}

export function formatModels({ models }: ProviderModels): string {
  return plural(models.length, {
    one: t`1 model`,
    other: t`${models.length.toLocaleString(language())} models`,
  })
}
