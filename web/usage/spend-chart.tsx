import { scaleBand, scaleLinear } from 'd3-scale'
import { stack } from 'd3-shape'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import type { SpendColumn } from './spend-columns.ts'
import { formatLevel, formatMeasured, type Measure, measured } from './spend-columns.ts'
import { SpendTextures, spendTexture, spendTone } from './spend-tones.tsx'
import { SpendTooltip } from './spend-tooltip.tsx'
import { t } from '#shared/translate.ts'

interface SpendChartProps {
  columns: SpendColumn[]
  /** The groups in the order of the legend, stacked from the bottom. */
  keys: string[]
  measure: Measure
  textured: boolean
  name: string
}

const TOP = 12
const BOTTOM = 200
/** The dates stand below the bars. */
const HEIGHT = 222
/** The amounts stand left of the bars, each as wide as its digits. */
const MIN_LEFT = 52
const DIGIT_WIDTH = 7.5
const MAX_BAR_WIDTH = 40
const GAP = 1
/** The approximate number of grid lines. */
const LEVELS = 3
const MIN_DATE_WIDTH = 76

/** A stacked bar per column; the arrow keys of a hidden slider move the tooltip. SpendTable has the same figures for screen readers. */
export function SpendChart({ columns, keys, measure, textured, name }: SpendChartProps) {
  const ref = useRef<SVGSVGElement>(null)
  const width = useWidth(ref)
  const [pointed, setPointed] = useState<number | null>(null)
  const shown = pointed === null ? undefined : columns[pointed]
  const max = Math.max(1, ...columns.map((column) => sumOf(column, measure)))
  const high = scaleLinear([0, max], [BOTTOM, TOP]).nice(LEVELS)
  const levels = high.ticks(LEVELS).filter((amount) => amount > 0)
  const labels = levels.map((amount) => formatLevel(measure, amount))
  const longest = Math.max(0, ...labels.map((label) => label.length))
  const start = Math.max(MIN_LEFT, longest * DIGIT_WIDTH + 8)
  const band = scaleBand(
    columns.map(({ key }) => key),
    [start, Math.max(start + 1, width)],
  )
    .paddingInner(0.14)
    .paddingOuter(0.07)
  const barWidth = Math.min(band.bandwidth(), MAX_BAR_WIDTH)
  const left = (key: string) => (band(key) ?? 0) + (band.bandwidth() - barWidth) / 2

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const index = Math.floor((x - start) / band.step())
    setPointed(x < start ? null : Math.min(index, columns.length - 1))
  }
  return (
    <figure className="relative mx-4 rounded-md outline-accent has-focus-visible:outline-2">
      <svg
        ref={ref}
        role="img"
        aria-label={name}
        className="block w-full"
        height={HEIGHT}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
      >
        <SpendTextures />
        {levels.map((amount) => (
          <line key={amount} {...level(high(amount), start, width)} className="stroke-line" />
        ))}
        {shown && (
          <rect
            x={band(shown.key) ?? 0}
            y={TOP}
            width={band.bandwidth()}
            height={BOTTOM - TOP}
            className="fill-sunken"
          />
        )}
        {stacked(columns, keys, measure).map(({ key, bars }) => (
          <g key={key} className={spendTone(keys.indexOf(key))}>
            {bars.map(({ column, from, to }) => {
              const height = Math.max(0.5, high(from) - high(to) - GAP)
              const box = { x: left(column), y: high(to), width: barWidth, height, rx: 1.5 }
              return (
                <g key={column}>
                  <rect {...box} fill="currentColor" />
                  {textured && <rect {...box} fill={spendTexture(keys.indexOf(key))} />}
                </g>
              )
            })}
          </g>
        ))}
        <line {...level(BOTTOM, start, width)} className="stroke-line-strong" />
        <g aria-hidden className="fill-muted text-xs tabular-nums">
          {levels.map((amount, index) => (
            <text key={amount} x={start - 8} y={high(amount)} dy="0.32em" textAnchor="end">
              {labels[index]}
            </text>
          ))}
          {dated(columns, band.step()).map(({ key, shortLabel }) => (
            <text key={key} x={left(key)} y={HEIGHT - 4}>
              {shortLabel}
            </text>
          ))}
        </g>
      </svg>
      <input
        type="range"
        className="sr-only"
        aria-label={t`Time`}
        aria-valuetext={
          shown && `${shown.label}: ${formatMeasured(measure, sumOf(shown, measure))}`
        }
        max={columns.length - 1}
        value={pointed ?? columns.length - 1}
        onChange={(event) => setPointed(event.target.valueAsNumber)}
        onFocus={() => setPointed((index) => index ?? columns.length - 1)}
        onBlur={() => setPointed(null)}
      />
      {shown && (
        <SpendTooltip
          column={shown}
          at={left(shown.key) + barWidth / 2}
          {...{ keys, measure, textured, width }}
        />
      )}
    </figure>
  )
}

function level(y: number, start: number, width: number) {
  return { x1: start, x2: width, y1: y, y2: y }
}

/** Returns the columns that have their date below them: as many as there is space for. */
function dated(columns: SpendColumn[], step: number): SpendColumn[] {
  const each = Math.max(1, Math.ceil(MIN_DATE_WIDTH / step))
  // The last date would run out of the chart.
  const last = columns.length - Math.ceil((MIN_DATE_WIDTH - 20) / step)
  return columns.filter((_, index) => index % each === 0 && index <= Math.max(0, last))
}

/** Stacks the groups in the order of `keys`; groups that are not in it come last. */
function stacked(columns: SpendColumn[], keys: string[], measure: Measure) {
  const found = columns.flatMap(({ parts }) => parts.map(({ key }) => key))
  const amountOf = ({ parts }: SpendColumn, key: string): number => {
    const part = parts.find((one) => one.key === key)
    return part === undefined ? 0 : measured(measure, part)
  }
  const series = stack<SpendColumn, string>()
    .keys(new Set([...keys, ...found]))
    .value(amountOf)(columns)
  return series.map((points) => ({
    key: points.key,
    bars: points
      .filter(([from, to]) => to > from)
      .map(({ 0: from, 1: to, data }) => ({ column: data.key, from, to })),
  }))
}

function sumOf({ parts }: SpendColumn, measure: Measure): number {
  return parts.reduce((sum, part) => sum + measured(measure, part), 0)
}

/** Measures the width, so that textures and text are drawn without scaling. */
function useWidth(ref: { current: SVGSVGElement | null }): number {
  const [width, setWidth] = useState(640)
  useEffect(() => {
    const measure = () => {
      const wide = ref.current?.getBoundingClientRect().width ?? 0
      if (wide > 0) setWidth(wide)
    }
    measure()
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [ref])
  return width
}
