import type { ReactNode } from 'react'
import { hostOf, safeAddress } from './links.ts'

interface LinkViewProps {
  /** Null while it is still arriving. */
  address: string | null
  title: string | null
  text: string
  children: ReactNode
}

/** A link, with the name of whom it leads to where the text does not say so itself. */
export function LinkView({ address, title, text, children }: LinkViewProps) {
  if (address === null) return <span className="md-link">{children}</span>
  const url = safeAddress(address)
  if (url === null) return children
  const host = hostOf(url)
  return (
    <>
      <a
        href={url.href}
        title={title ?? undefined}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
      >
        {text.trim() === '' ? host : children}
      </a>
      {text.trim() !== '' && !names(text, host) && <span className="md-host"> ({host})</span>}
    </>
  )
}

function names(text: string, host: string): boolean {
  const shown = withoutWww(
    text
      .trim()
      .toLowerCase()
      .replace(/^(?:https?:\/\/|mailto:)/, ''),
  )
  const named = withoutWww(host.toLowerCase())
  return shown.startsWith(named) && /^(?:[/?#:]|$)/.test(shown.slice(named.length))
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, '')
}
