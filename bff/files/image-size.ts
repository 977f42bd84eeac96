// Reads the size of an image from its header.
import { type FileHandle, open } from 'node:fs/promises'
import type { FileType } from '#shared/files.ts'

export interface ImageSize {
  width: number
  height: number
}

const HEAD_BYTES = 32
/** A JPEG has its size behind its metadata, of which each part is a segment. */
const MAX_SEGMENTS = 1000

/** Returns null if the header is damaged, or the file is no image. */
export async function imageSize(file: string, type: FileType): Promise<ImageSize | null> {
  const handle = await open(file)
  try {
    const head = await bytesAt(handle, 0, HEAD_BYTES)
    const size = type === 'image/jpeg' ? await jpegSize(handle) : sizeIn(head, type)
    return size !== null && size.width > 0 && size.height > 0 ? size : null
  } finally {
    await handle.close()
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function sizeIn(head: Buffer, type: FileType): ImageSize | null {
  if (head.length < HEAD_BYTES) return null
  if (type === 'image/png') {
    const isHeader = head.toString('latin1', 12, 16) === 'IHDR'
    return isHeader ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } : null
  }
  if (type === 'image/gif') return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) }
  return type === 'image/webp' ? webpSize(head) : null
}

/** Its three forms keep the size in different places. */
function webpSize(head: Buffer): ImageSize | null {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = head.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}

async function jpegSize(handle: FileHandle): Promise<ImageSize | null> {
  let position = 2
  for (let segment = 0; segment < MAX_SEGMENTS; segment += 1) {
    const head = await bytesAt(handle, position, 9)
    if (head.length < 9 || head[0] !== 0xff) return null
    const marker = head[1] ?? 0
    // A frame: all from C0 to CF but tables (C4), a reserved one (C8) and arithmetic conditions (CC).
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: head.readUInt16BE(5), width: head.readUInt16BE(7) }
    position += marker === 0xff ? 1 : 2 + head.readUInt16BE(2)
  }
  return null
}

/**
 * Returns about how many tokens a model takes an image for: by the rule of OpenAI's models at high detail.
 * Other models count in their own ways, within a factor of two.
 */
export function imageTokens({ width, height }: ImageSize): number {
  const fit = Math.min(1, 2048 / Math.max(width, height))
  const sharp = Math.min(1, 768 / Math.min(width * fit, height * fit))
  const tiles = (pixels: number) => Math.ceil((pixels * fit * sharp) / 512)
  return 85 + 170 * tiles(width) * tiles(height)
}
