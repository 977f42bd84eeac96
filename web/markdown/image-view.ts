import type { Image } from './inline.ts'
import { safeAddress } from './links.ts'
import { h, type VNode } from './vdom.ts'
import { t } from '#shared/translate.ts'

/** An image is never loaded automatically: the author of its address would learn that it was read. */
export function drawImage({ address, title, alt }: Image): VNode {
  // It is still arriving.
  if (address === null) return h('span', { class: 'md-image' }, [alt])
  const url = safeAddress(address)
  if (url === null || url.protocol === 'mailto:') {
    const name = alt === '' ? t`Image` : alt
    return h('span', { class: 'md-image' }, [t`${name} (image not shown)`])
  }
  const open = () => void window.open(url.href, '_blank', 'noopener,noreferrer')
  const button = { type: 'button', title: url.href, onclick: open }
  return h('span', { class: 'md-image', title }, [
    alt,
    h('button', button, [t`Open image from ${url.host}`]),
  ])
}
