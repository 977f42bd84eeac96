// A small router on the history API.
import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react'

export type Route =
  | { page: 'chat'; conversationId: string | null }
  | { page: 'usage'; isReconcile: boolean }
  | { page: 'settings'; section: string | null }
  | { page: 'missing' }

export function useRoute(): Route {
  return parseRoute(usePathname())
}

export function parseRoute(pathname: string): Route {
  if (pathname === '/') return { page: 'chat', conversationId: null }
  const usage = /^\/usage(\/reconcile)?\/?$/.exec(pathname)
  if (usage !== null) return { page: 'usage', isReconcile: usage[1] !== undefined }
  const settings = /^\/settings(?:\/([\w-]+))?\/?$/.exec(pathname)
  if (settings !== null) return { page: 'settings', section: settings[1] ?? null }
  const id = /^\/c\/([\w-]+)\/?$/.exec(pathname)?.[1]
  return id === undefined ? { page: 'missing' } : { page: 'chat', conversationId: id }
}

export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** A link within the page. Clicks with a modifier key or another button are left to the browser. */
export function Link({
  href,
  onClick,
  children,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const current = usePathname() === href
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const plain =
      event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (event.defaultPrevented || !plain) return
    event.preventDefault()
    if (!current || location.search !== '') navigate(href)
  }
  return (
    <a {...rest} href={href} onClick={follow} {...(current ? { 'aria-current': 'page' } : {})}>
      {children}
    </a>
  )
}

/** The value of a parameter in the address. */
export function useParameter(name: string): string | null {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name))
}

function usePathname(): string {
  return useSyncExternalStore(subscribe, () => location.pathname)
}

function subscribe(notify: () => void): () => void {
  addEventListener('popstate', notify)
  return () => removeEventListener('popstate', notify)
}

/** Returns the query of the address, including `?`. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search)
}
