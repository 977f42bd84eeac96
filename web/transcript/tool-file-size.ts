import type { FilePart } from '#shared/message.ts'

const MAX_WIDTH = 640
const MAX_HEIGHT = 360

interface Size {
  width: number
  height: number
}

/** How large the picture of a tool is shown. Null: it is none. */
export function fileSize({ width, height }: FilePart): Size | null {
  if (width === undefined || height === undefined) return null
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height)
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}
