import type { ImageSize } from './image-size.ts'

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
