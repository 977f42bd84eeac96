import { safeAddress } from './links.ts'

interface ImageViewProps {
  /** Null while it is still arriving. */
  address: string | null
  title: string | null
  alt: string
}

/** An image is never loaded by itself: whoever wrote its address would learn that it was read. */
export function ImageView({ address, title, alt }: ImageViewProps) {
  const url = address === null ? null : safeAddress(address)
  if (address === null) return <span className="md-image">{alt}</span>
  if (url === null || url.protocol === 'mailto:') {
    return <span className="md-image">{alt === '' ? 'Image' : alt} (image not shown)</span>
  }
  const open = () => window.open(url.href, '_blank', 'noopener,noreferrer')
  return (
    <span className="md-image" title={title ?? undefined}>
      {alt}
      <button type="button" title={url.href} onClick={open}>
        Open image from {url.host}
      </button>
    </span>
  )
}
