// Describes a provider without asking it. Null means unknown, which is common.
import type { ProviderInfo } from '#shared/api.ts'
import type { CheckedCapabilities } from '#shared/checks.ts'
import { translateStored } from '../http/stored-sentences.ts'
import { readBaseUrl } from '../upstream/base-url.ts'
import type { ProviderConfig } from '../upstream/types.ts'

type Capabilities = Omit<ProviderInfo['capabilities'], 'contextWindow'>

const UNKNOWN: Capabilities = { streaming: null, tools: null, jsonMode: null, vision: null }

/** A map, because a host may have the name of an object property. */
const BY_HOST = new Map<string, Capabilities>([
  ['api.openai.com', { streaming: true, tools: true, jsonMode: true, vision: true }],
  ['openrouter.ai', { ...UNKNOWN, streaming: true }],
])

const BY_LOCAL_SERVER: Record<string, Capabilities> = {
  ollama: { ...UNKNOWN, streaming: true, jsonMode: true },
  'llama.cpp': { ...UNKNOWN, streaming: true, jsonMode: true },
  'lm-studio': { ...UNKNOWN, streaming: true, jsonMode: true },
  vllm: { ...UNKNOWN, streaming: true, jsonMode: true },
}

const DEMO: Capabilities = { streaming: true, tools: true, jsonMode: true, vision: false }

export function describeProvider(
  provider: ProviderConfig,
  defaultModel: string | null,
  contextWindow: number | null,
  known: CheckedCapabilities | null,
): ProviderInfo {
  const { name, kind, api, keyName, storedKey, setBy } = provider
  const { models, modelPatterns, maxRetries } = provider
  const address = provider.baseUrl === null ? null : readBaseUrl(provider.baseUrl)
  return {
    name,
    kind,
    // A base URL entered in Tally contains no secret.
    baseUrl: isEditable(provider) ? provider.baseUrl : (address?.address ?? null),
    api,
    defaultModel,
    capabilities: { ...capabilitiesOf(provider, address?.host), ...checked(known), contextWindow },
    ownDefaultModel: provider.defaultModel,
    keySource: keySourceOf(provider),
    keyName,
    keySetAt: storedKey?.setAt ?? null,
    keyProblem: storedKey?.problem ? translateStored(storedKey.problem) : null,
    setBy,
    editable: isEditable(provider),
    models,
    modelPatterns,
    maxRetries,
  }
}

/** Findings of a check take precedence over what is known about its kind. */
function checked(known: CheckedCapabilities | null): Partial<Capabilities> {
  if (known === null) return {}
  const { streaming, tools, jsonMode } = known
  return {
    ...(streaming === null ? {} : { streaming }),
    ...(tools === null ? {} : { tools }),
    ...(jsonMode === null ? {} : { jsonMode: jsonMode !== 'no' }),
  }
}

/** Returns true if the provider was added in Tally. */
export function isEditable({ kind, setBy }: ProviderConfig): boolean {
  return kind === 'configured' && setBy === null
}

function keySourceOf({ apiKey, storedKey }: ProviderConfig): ProviderInfo['keySource'] {
  if (storedKey !== null) return 'stored'
  return apiKey === null ? 'none' : 'environment'
}

function capabilitiesOf({ name, kind }: ProviderConfig, host: string | undefined): Capabilities {
  if (kind === 'demo') return DEMO
  if (kind === 'discovered') return BY_LOCAL_SERVER[name.replace(/:\d+$/, '')] ?? UNKNOWN
  return BY_HOST.get(host ?? '') ?? UNKNOWN
}
