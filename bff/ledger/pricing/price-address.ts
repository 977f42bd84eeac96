// Maps a base URL to a price list. Only hosts that a provider owns are listed: any other host may be
// a proxy with its own prices.

export interface ListedAddress {
  /** The provider's id in genai-prices. */
  provider: string
  /** Set if the provider charges more for data residency in this region. */
  region: 'eu' | 'us' | null
}

const HOSTS: Record<string, string> = {
  'api.openai.com': 'openai',
  'api.anthropic.com': 'anthropic',
  'api.deepseek.com': 'deepseek',
  'api.x.ai': 'x-ai',
  'api.groq.com': 'groq',
  'api.mistral.ai': 'mistral',
  'api.perplexity.ai': 'perplexity',
  'api.together.xyz': 'together',
  'api.together.ai': 'together',
  'api.fireworks.ai': 'fireworks',
  'api.cerebras.ai': 'cerebras',
  'api.cohere.ai': 'cohere',
  'api.cohere.com': 'cohere',
  'api.moonshot.ai': 'moonshotai',
  'api.minimax.io': 'minimax',
  'api.minimaxi.com': 'minimax',
  'api.novita.ai': 'novita',
  'api.z.ai': 'zai',
  'api.arcee.ai': 'arcee',
  'api.avian.io': 'avian',
  'api.doubleword.ai': 'doubleword',
  'inference.baseten.co': 'baseten',
  'openrouter.ai': 'openrouter',
  'api.openrouter.ai': 'openrouter',
  'generativelanguage.googleapis.com': 'google',
  'aiplatform.googleapis.com': 'google',
  'oai.endpoints.kepler.ai.cloud.ovh.net': 'ovhcloud',
}

const HOST_PATTERNS: [RegExp, string][] = [
  [/^[a-z0-9-]+-aiplatform\.googleapis\.com$/, 'google'],
  [/\.(openai|cognitiveservices|services\.ai)\.azure\.com$/, 'azure'],
  [/^bedrock-runtime\.[a-z0-9-]+\.amazonaws\.com$/, 'aws'],
]

const OPENAI_REGION = /^(eu|us)\.api\.openai\.com$/

/** Returns null if the address belongs to no price list. */
export function listedAddress(baseUrl: string | null): ListedAddress | null {
  if (baseUrl === null || !URL.canParse(baseUrl)) return null
  const host = new URL(baseUrl).hostname
  const region = OPENAI_REGION.exec(host)?.[1]
  if (region === 'eu' || region === 'us') return { provider: 'openai', region }
  const provider = HOSTS[host] ?? HOST_PATTERNS.find(([pattern]) => pattern.test(host))?.[1]
  return provider === undefined ? null : { provider, region: null }
}

/** Returns the ids of all providers with a usable price list. */
export function listedProviders(): string[] {
  return [...new Set([...Object.values(HOSTS), ...HOST_PATTERNS.map(([, provider]) => provider)])]
}
