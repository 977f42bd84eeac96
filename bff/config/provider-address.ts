// Validates the base URL of a provider from the environment, a file or the page.
import type { ApiKind } from '#shared/api.ts'

export const OPENAI_URL = 'https://api.openai.com/v1'

export type AddressError = 'not_an_address' | 'without_scheme' | 'unescaped'

type ParsedAddress = { url: URL; wrong: null } | { url: null; wrong: AddressError }

export function parseAddress(text: string): ParsedAddress {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.port === '0') {
    return { url: null, wrong: isWithoutScheme(text) ? 'without_scheme' : 'not_an_address' }
  }
  if (!isDecodable(url.username) || !isDecodable(url.password)) {
    return { url: null, wrong: 'unescaped' }
  }
  return { url, wrong: null }
}

export const withoutSlash = (url: URL): string => url.href.replace(/\/+$/, '')

export const isOpenAiAddress = (url: URL): boolean =>
  url.hostname === 'api.openai.com' || url.hostname.endsWith('.api.openai.com')

export const standardApi = (url: URL): ApiKind =>
  isOpenAiAddress(url) ? 'responses' : 'chat_completions'

/** Detects `localhost:8000`, which parses as a URL with the scheme `localhost:`. */
function isWithoutScheme(text: string): boolean {
  return text !== '' && !text.includes('://') && URL.canParse(`http://${text}`)
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== null
  } catch {
    return false
  }
}
