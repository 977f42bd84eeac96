import { type Link, textOf } from './inline.ts'
import { hostOf, safeAddress } from './links.ts'
import { h, list, type VNode } from './vdom.ts'

/** A link, with the name of whom it leads to where the text does not say so itself. */
export function drawLink(link: Link, content: VNode[]): VNode {
  const { address, title } = link
  // It is still arriving.
  if (address === null) return h('span', { class: 'md-link' }, content)
  const url = safeAddress(address)
  if (url === null) return list(content)
  const host = hostOf(url)
  const text = textOf(link.children)
  const attributes = {
    href: url.href,
    title,
    target: '_blank',
    rel: 'noopener noreferrer nofollow ugc',
  }
  if (text.trim() === '') return h('a', attributes, [host])
  const drawn = h('a', attributes, content)
  if (names(text, host)) return drawn
  return list([drawn, h('span', { class: 'md-host' }, [` (${host})`])])
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
