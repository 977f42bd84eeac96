// Converts a provider to form fields and back.
import type { ApiKind, ProviderInfo } from '#shared/api.ts'
import type { AddProviderInput, UpdateProvider } from '#shared/provider-settings.ts'
import { freeName, type Preset } from './presets.ts'
import { t } from '#shared/translate.ts'

export interface ProviderForm {
  name: string
  baseUrl: string
  api: ApiKind
  /** A new key. The stored one is never sent to the page. */
  key: string
  defaultModel: string
  /** Separated by commas or line breaks. */
  models: string
  modelPatterns: string
  maxRetries: string
}

export type ProviderField = keyof ProviderForm

const DEFAULT_RETRIES = '2'

export function fromPreset(preset: Preset, taken: string[]): ProviderForm {
  const { baseUrl, api } = preset
  return {
    name: freeName(preset.name, taken),
    baseUrl,
    api,
    key: '',
    defaultModel: '',
    models: '',
    modelPatterns: '',
    maxRetries: DEFAULT_RETRIES,
  }
}

export function fromProvider(provider: ProviderInfo): ProviderForm {
  const { name, baseUrl, api, ownDefaultModel, models, modelPatterns, maxRetries } = provider
  return {
    name,
    baseUrl: baseUrl ?? '',
    api,
    key: '',
    defaultModel: ownDefaultModel ?? '',
    models: models.join(', '),
    modelPatterns: modelPatterns.join(', '),
    maxRetries: String(maxRetries),
  }
}

/** Returns the fields that the form can tell are invalid; the server checks the rest. */
export function wrongFields({ name, baseUrl, maxRetries }: ProviderForm): ProviderField[] {
  const wrong: ProviderField[] = []
  if (name.trim() === '') wrong.push('name')
  if (baseUrlProblem(baseUrl) !== null) wrong.push('baseUrl')
  if (!/^(?:\d|10)$/.test(maxRetries.trim())) wrong.push('maxRetries')
  return wrong
}

/** Returns what is wrong with a base URL and how to correct it, or null. */
export function baseUrlProblem(baseUrl: string): string | null {
  const text = baseUrl.trim()
  if (/^https?:$/.test(addressOf(text)?.protocol ?? '')) return null
  if (text === '') return t`Enter the address of the server, like http://localhost:11434/v1.`
  const isSchemeMissing = !text.includes('://') && URL.canParse(`http://${text}`)
  if (!isSchemeMissing) return t`Write it like https://example.com/v1 or http://localhost:11434/v1.`
  const scheme = isLoopback(new URL(`http://${text}`).hostname) ? 'http' : 'https'
  return t`http:// or https:// is missing: write ${scheme}://${text}, for example.`
}

export function toUpdate(form: ProviderForm): UpdateProvider {
  return fieldsIn(form)
}

export function toProvider(form: ProviderForm): AddProviderInput {
  return { ...fieldsIn(form), name: form.name.trim() }
}

function fieldsIn(form: ProviderForm) {
  const { baseUrl, api, key, defaultModel, models, modelPatterns, maxRetries } = form
  return {
    baseUrl: baseUrl.trim(),
    api,
    defaultModel: defaultModel.trim() === '' ? null : defaultModel.trim(),
    models: namesIn(models),
    modelPatterns: namesIn(modelPatterns),
    maxRetries: Number(maxRetries),
    ...(key.trim() === '' ? {} : { key: key.trim() }),
  }
}

/** Whether saving removes the stored key, which is sent to its own origin only. */
export function losesKey(form: ProviderForm, stored: ProviderInfo | null): boolean {
  if (stored?.keySource !== 'stored' || form.key.trim() !== '') return false
  const after = addressOf(form.baseUrl)?.origin
  return after !== undefined && after !== addressOf(stored.baseUrl ?? '')?.origin
}

/** Whether requests are unencrypted on a network. */
export function isUnencrypted({ baseUrl }: ProviderForm): boolean {
  const address = addressOf(baseUrl)
  return address?.protocol === 'http:' && !isLoopback(address.hostname)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.')
}

function addressOf(baseUrl: string): URL | null {
  return URL.parse(baseUrl.trim())
}

function namesIn(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
