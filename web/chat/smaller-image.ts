// An image as it is uploaded: at most so large, and without metadata.

/** Models look at no more. */
const MAX_EDGE = 2048
const DRAWN = new Set(['image/png', 'image/jpeg', 'image/webp'])
const QUALITY = 0.9

/** Returns the file itself if the browser cannot draw it, or if it is an animation. */
export async function smallerImage(file: File): Promise<Blob> {
  if (!DRAWN.has(file.type) || !('OffscreenCanvas' in globalThis)) return file
  const image = await createImageBitmap(file).catch(() => null)
  if (image === null) return file
  try {
    const scale = Math.min(1, MAX_EDGE / Math.max(image.width, image.height))
    const [width, height] = [image.width, image.height].map((edge) =>
      Math.max(1, Math.round(edge * scale)),
    )
    const canvas = new OffscreenCanvas(width ?? 1, height ?? 1)
    const context = canvas.getContext('2d')
    if (context === null) return file
    context.imageSmoothingQuality = 'high'
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await canvas.convertToBlob({ type: file.type, quality: QUALITY })
  } finally {
    image.close()
  }
}
