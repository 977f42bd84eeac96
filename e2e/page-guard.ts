// Watches every page of a test: an unexpected error fails the test.
import type { BrowserContext, Request } from '@playwright/test'

export interface PageGuard {
  /** The problems that were not allowed. */
  readonly problems: string[]
  /** Allows problems that match, like those of a server that is down. */
  allow(...patterns: RegExp[]): void
}

/** Errors that the browser logs while the server is down. Parts that come later cannot be loaded then. */
export const SERVER_GONE =
  /ERR_(CONNECTION_REFUSED|CONNECTION_RESET|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)|Failed to fetch dynamically imported module|Unable to preload CSS/

export async function guardPages(context: BrowserContext, origin: string): Promise<PageGuard> {
  const found: string[] = []
  const allowed: RegExp[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      found.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
    }
  })
  context.on('weberror', (error) => found.push(`page error: ${error.error().stack}`))
  context.on('request', (request) => {
    if (!isOurs(request, origin)) found.push(`request to another host: ${request.url()}`)
  })
  await context.addInitScript(reportViolations)
  return {
    get problems() {
      return found.filter((problem) => !allowed.some((pattern) => pattern.test(problem)))
    },
    allow: (...patterns) => void allowed.push(...patterns),
  }
}

function isOurs(request: Request, origin: string): boolean {
  const url = new URL(request.url())
  return url.origin === origin || url.protocol === 'blob:' || url.protocol === 'about:'
}

function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    const { violatedDirective, blockedURI, sample } = event
    reportError(new Error(`CSP violation: ${violatedDirective} ${blockedURI} ${sample}`))
  })
}
