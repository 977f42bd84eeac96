// A picture to draw on: rectangles, lines with round ends, and letters made of such lines, whose edges are
// smooth because each pixel takes as much of a colour as the line covers of it.
import { glyphLines, GLYPH_HEIGHT, textColumns } from './glyphs.ts'
import type { Pixels } from './png.ts'

export type Color = readonly [red: number, green: number, blue: number]

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Text {
  text: string
  x: number
  y: number
  /** The height of a capital letter. */
  size: number
  color: Color
  /** Keeps what is behind it away from the letters. */
  halo?: Color
  align?: 'left' | 'center' | 'right'
}

export class Canvas implements Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array

  constructor(width: number, height: number, paper: Color) {
    this.width = width
    this.height = height
    this.rgb = new Uint8Array(width * height * 3)
    this.rectangle({ x: 0, y: 0, width, height }, paper)
  }

  /** In whole pixels. */
  rectangle({ x, y, width, height }: Box, color: Color): void {
    const row = new Uint8Array(width * 3).map((_, index) => color[index % 3] ?? 0)
    for (let py = y; py < y + height; py += 1) this.rgb.set(row, (py * this.width + x) * 3)
  }

  line(from: readonly number[], to: readonly number[], thickness: number, color: Color): void {
    const [x1 = 0, y1 = 0] = from
    const [x2 = 0, y2 = 0] = to
    const radius = thickness / 2
    const box = {
      x: Math.min(x1, x2) - radius - 1,
      y: Math.min(y1, y2) - radius - 1,
      width: Math.abs(x2 - x1) + thickness + 2,
      height: Math.abs(y2 - y1) + thickness + 2,
    }
    const [dx, dy] = [x2 - x1, y2 - y1]
    const length = dx * dx + dy * dy
    this.#each(box, (px, py) => {
      const [cx, cy] = [px + 0.5 - x1, py + 0.5 - y1]
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, (cx * dx + cy * dy) / length))
      const [offX, offY] = [cx - along * dx, cy - along * dy]
      const distance = Math.sqrt(offX * offX + offY * offY)
      this.#blend(px, py, color, Math.min(1, radius + 0.5 - distance))
    })
  }

  /** `y` is the base line. */
  write({ text, x, y, size, color, halo, align = 'left' }: Text): void {
    const unit = size / (GLYPH_HEIGHT - 1)
    const width = textColumns(text) * unit
    const left = align === 'left' ? x : align === 'center' ? x - width / 2 : x - width
    const toPoint = ([column, row]: readonly [number, number]) => [
      left + column * unit,
      y - size + row * unit,
    ]
    const lines = [...glyphLines(text)].map(([from, to]) => [toPoint(from), toPoint(to)] as const)
    if (halo) for (const [from, to] of lines) this.line(from, to, unit * 4, halo)
    for (const [from, to] of lines) this.line(from, to, Math.max(1, unit * 0.95), color)
  }

  #each({ x, y, width, height }: Box, draw: (x: number, y: number) => void): void {
    const right = Math.min(this.width, Math.ceil(x + width))
    const bottom = Math.min(this.height, Math.ceil(y + height))
    for (let py = Math.max(0, Math.floor(y)); py < bottom; py += 1) {
      for (let px = Math.max(0, Math.floor(x)); px < right; px += 1) draw(px, py)
    }
  }

  #blend(x: number, y: number, color: Color, share: number): void {
    if (share <= 0) return
    const at = (y * this.width + x) * 3
    for (let channel = 0; channel < 3; channel += 1) {
      const before = this.rgb[at + channel] ?? 0
      this.rgb[at + channel] = Math.round(before + ((color[channel] ?? 0) - before) * share)
    }
  }
}

export function textWidth(text: string, size: number): number {
  return (textColumns(text) * size) / (GLYPH_HEIGHT - 1)
}
