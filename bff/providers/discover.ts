// Finds local model servers on their default ports. Only asks loopback, only for the list of models, and
// only accepts answers that look like the OpenAI API.
import { readBaseUrl } from '../upstream/base-url.ts'
import type { ProviderConfig } from '../upstream/types.ts'
import { readModels } from '../upstream/read-models.ts'

export interface LocalServer {
  name: string
  port: number
}

/** If two servers of one name run at once, the second one is named with its port. */
export const LOCAL_SERVERS: LocalServer[] = [
  { name: 'ollama', port: 11434 },
  { name: 'llama.cpp', port: 8080 },
  { name: 'llama.cpp', port: 9931 },
  { name: 'lm-studio', port: 1234 },
  { name: 'vllm', port: 8000 },
]

const TIMEOUT_MS = 500
const FRESH_MS = 5_000

export class Discovery {
  readonly #servers: ProviderConfig[]
  readonly #configured: () => ProviderConfig[]
  #found: ProviderConfig[] = []
  /** By the monotonic clock, because the wall clock may be set back. */
  #lookedAt = Number.NEGATIVE_INFINITY
  #searching: Promise<ProviderConfig[]> | null = null

  /** A configured server is not discovered again. */
  constructor(servers: LocalServer[], configured: () => ProviderConfig[]) {
    this.#servers = servers.map(localProvider)
    this.#configured = configured
  }

  /** Returns a server even if it does not answer now; the request then fails with the reason. */
  candidate(name: string): ProviderConfig | undefined {
    const candidates = this.#candidates()
    return (
      this.#found.find((found) => found.name === name && isAmong(candidates, found)) ??
      candidates.find((one) => one.name === name || nameWithPort(one) === name)
    )
  }

  /** Returns the servers that answer, checked at most every few seconds. */
  async found(): Promise<ProviderConfig[]> {
    const isFresh = performance.now() - this.#lookedAt < FRESH_MS
    if (!isFresh || this.#searching !== null) await (this.#searching ??= this.#search())
    const candidates = this.#candidates()
    return this.#found.filter((one) => isAmong(candidates, one))
  }

  /** Call after a change of the configured providers: the next read checks again. */
  forget(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY
  }

  #candidates(): ProviderConfig[] {
    const configured = this.#configured()
    const taken = new Set(configured.map(({ baseUrl }) => localAddress(baseUrl)))
    return this.#servers.filter(({ name, baseUrl }) => {
      return !taken.has(localAddress(baseUrl)) && configured.every((one) => one.name !== name)
    })
  }

  async #search(): Promise<ProviderConfig[]> {
    const candidates = this.#candidates()
    const answers = await Promise.all(candidates.map((one) => readModels(one, TIMEOUT_MS)))
    const found: ProviderConfig[] = []
    for (const [index, one] of candidates.entries()) {
      const answer = answers[index]
      if (answer === undefined || (answer.problem !== null && answer.needsKey !== true)) continue
      const isTaken = found.some(({ name }) => name === one.name)
      found.push(isTaken ? { ...one, name: nameWithPort(one) } : one)
    }
    this.#found = found
    this.#lookedAt = performance.now()
    this.#searching = null
    return this.#found
  }
}

function isAmong(candidates: ProviderConfig[], { baseUrl }: ProviderConfig): boolean {
  return candidates.some((candidate) => candidate.baseUrl === baseUrl)
}

function nameWithPort({ name, baseUrl }: ProviderConfig): string {
  return `${name}:${new URL(baseUrl ?? '').port}`
}

function localProvider({ name, port }: LocalServer): ProviderConfig {
  return {
    name,
    kind: 'discovered',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    api: 'chat_completions',
    apiKey: null,
    keyName: null,
    storedKey: null,
    setBy: null,
    defaultModel: null,
    models: [],
    modelPatterns: [],
    maxRetries: 1,
    headers: {},
  }
}

function localAddress(baseUrl: string | null): string | null {
  return baseUrl === null
    ? null
    : readBaseUrl(baseUrl).host.replace(/^(localhost|\[::1\])/, '127.0.0.1')
}
