// Draws a small chart of one row of values.
// Each text and each shape takes a part of a millisecond, so others get their turn in between.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { type Axis, axisFor, formatValue } from './axis.ts'
import { Canvas, type Color, textWidth } from './canvas.ts'

export interface Chart {
  /** Empty for none. */
  title: string
  kind: 'bar' | 'line'
  labels: string[]
  values: number[]
}

/** Two tiles of a model that counts images by tiles of 512 pixels. */
const WIDTH = 1024
const HEIGHT = 512
/** With a title, and without. */
const TOP = { titled: 104, bare: 52 }
const BOTTOM = HEIGHT - 58
const RIGHT = WIDTH - 32
const TITLE_SIZE = 20
const TEXT_SIZE = 15

const PAPER: Color = [255, 255, 255]
const INK: Color = [38, 38, 36]
const MUTED: Color = [95, 94, 90]
const GRID: Color = [229, 228, 224]
const SERIES: Color = [22, 110, 82]

interface Plot {
  canvas: Canvas
  axis: Axis
  top: number
  left: number
  /** The width of one value. */
  slot: number
}

export async function drawChart(chart: Chart): Promise<Canvas> {
  const { values, kind } = chart
  const canvas = new Canvas(WIDTH, HEIGHT, PAPER)
  const axis = axisFor(values, kind === 'bar')
  const widest = Math.max(...axis.ticks.map((tick) => textWidth(formatValue(tick), TEXT_SIZE)))
  const left = Math.round(Math.max(48, widest + 40))
  const top = chart.title === '' ? TOP.bare : TOP.titled
  const plot = { canvas, axis, top, left, slot: (RIGHT - left) / values.length }
  const title = fitting(chart.title, WIDTH - 64, TITLE_SIZE)
  canvas.write({ text: title, x: 32, y: 46, size: TITLE_SIZE, color: INK })
  await yieldToEventLoop()
  await drawGrid(plot)
  if (kind === 'bar') drawBars(plot, values)
  else drawLine(plot, values)
  await drawValues(plot, chart)
  await drawLabels(plot, chart.labels)
  return canvas
}

async function drawGrid(plot: Plot): Promise<void> {
  const { canvas, axis, left } = plot
  for (const tick of axis.ticks) {
    const y = Math.round(heightOf(tick, plot))
    const isZero = tick === 0
    canvas.rectangle({ x: left, y, width: RIGHT - left, height: 1 }, isZero ? MUTED : GRID)
    const label = { x: left - 14, y: y + TEXT_SIZE / 2, size: TEXT_SIZE, color: MUTED }
    canvas.write({ ...label, text: formatValue(tick), align: 'right' })
    await yieldToEventLoop()
  }
}

function drawBars(plot: Plot, values: readonly number[]): void {
  const { canvas, left, slot } = plot
  const zero = Math.round(heightOf(0, plot))
  const width = Math.max(1, Math.min(96, Math.round(slot * 0.62)))
  for (const [index, value] of values.entries()) {
    const y = Math.round(heightOf(value, plot))
    const x = Math.round(left + slot * (index + 0.5) - width / 2)
    canvas.rectangle({ x, y: Math.min(y, zero), width, height: Math.abs(zero - y) }, SERIES)
  }
}

function drawLine(plot: Plot, values: readonly number[]): void {
  const { canvas } = plot
  const points = values.map((value, index) => [middleOf(index, plot), heightOf(value, plot)])
  for (const [index, point] of points.entries()) {
    canvas.line(points[index - 1] ?? point, point, 4, SERIES)
    if (plot.slot > 16) canvas.line(point, point, 11, SERIES)
  }
}

async function drawValues(plot: Plot, { values, kind }: Chart): Promise<void> {
  const texts = values.map(formatValue)
  const widest = Math.max(...texts.map((text) => textWidth(text, TEXT_SIZE)))
  if (widest > plot.slot - 8) return
  for (const [index, text] of texts.entries()) {
    const value = values[index] ?? 0
    const y = heightOf(value, plot)
    const isBelow = kind === 'bar' && value < 0
    const at = { x: middleOf(index, plot), y: isBelow ? y + TEXT_SIZE + 10 : y - 12 }
    plot.canvas.write({ ...at, text, size: TEXT_SIZE, color: INK, halo: PAPER, align: 'center' })
    await yieldToEventLoop()
  }
}

/** As many as have room. */
async function drawLabels(plot: Plot, labels: readonly string[]): Promise<void> {
  const labelWidth = 14 * TEXT_SIZE * 0.6
  const every = Math.max(1, Math.ceil((Math.min(labelWidth, widestOf(labels)) + 8) / plot.slot))
  for (const [index, label] of labels.entries()) {
    if (index % every !== 0) continue
    const text = fitting(label, plot.slot * every - 6, TEXT_SIZE)
    const at = { x: middleOf(index, plot), y: BOTTOM + 34 }
    plot.canvas.write({ ...at, text, size: TEXT_SIZE, color: MUTED, align: 'center' })
    await yieldToEventLoop()
  }
}

function widestOf(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => textWidth(text, TEXT_SIZE)))
}

function middleOf(index: number, { left, slot }: Plot): number {
  return left + slot * (index + 0.5)
}

function heightOf(value: number, { axis: { min, max }, top }: Plot): number {
  return BOTTOM - ((value - min) / (max - min)) * (BOTTOM - top)
}

function fitting(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text
  const chars = Array.from(text)
  while (chars.length > 1 && textWidth(`${chars.join('')}..`, size) > width) chars.pop()
  return `${chars.join('').trimEnd()}..`
}
