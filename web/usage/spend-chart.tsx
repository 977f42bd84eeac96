import { scaleBand, scaleLinear } from 'd3-scale'
import { stack } from 'd3-shape'
import { useEffect, useRef, useState } from 'react'
import type { SpendColumn } from './spend-columns.ts'
import { formatMeasured, type Measure, measured } from './spend-measure.ts'
import { SpendPatterns, spendFill } from './spend-patterns.tsx'

interface SpendChartProps {
  columns: SpendColumn[]
  /** The groups in the order of the legend, stacked from the bottom. */
  keys: string[]
  measure: Measure
  name: string
}

const HEIGHT = 180
const TOP = 18
const MAX_BAR_WIDTH = 44
/** The approximate number of grid lines. */
const LEVELS = 3

/** A stacked bar per column. SpendTable has the same figures for screen readers. */
export function SpendChart({ columns, keys, measure, name }: SpendChartProps) {
  const ref = useRef<SVGSVGElement>(null)
  const width = useWidth(ref)
  const band = scaleBand(
    columns.map(({ key }) => key),
    [0, width],
  )
    .paddingInner(0.2)
    .paddingOuter(0.1)
  const max = Math.max(1, ...columns.map((column) => sumOf(column, measure)))
  const high = scaleLinear([0, max], [HEIGHT, TOP]).nice(LEVELS)
  const levels = high.ticks(LEVELS).filter((amount) => amount > 0)
  const barWidth = Math.min(band.bandwidth(), MAX_BAR_WIDTH)
  const left = (key: string) => (band(key) ?? 0) + (band.bandwidth() - barWidth) / 2
  return (
    <figure className="px-4">
      <svg ref={ref} role="img" aria-label={name} className="block w-full" height={HEIGHT}>
        <SpendPatterns />
        {levels.map((amount) => (
          <line
            key={amount}
            y1={high(amount)}
            y2={high(amount)}
            x2={width}
            className="stroke-line"
            strokeDasharray="2 4"
          />
        ))}
        {columns.map((column) => (
          <g key={column.key}>
            <title>{`${column.label}: ${formatMeasured(measure, sumOf(column, measure))}`}</title>
            <rect
              x={left(column.key)}
              y={TOP}
              width={barWidth}
              height={HEIGHT - TOP}
              fill="transparent"
            />
          </g>
        ))}
        {stacked(columns, keys, measure).map(({ key, bars }) => (
          <g key={key} fill={spendFill(keys.indexOf(key))} className="pointer-events-none">
            {bars.map(({ column, from, to }) => {
              const height = high(from) - high(to)
              return (
                <rect
                  key={column}
                  x={left(column)}
                  y={high(to)}
                  width={barWidth}
                  height={height}
                  className="stroke-ink"
                  strokeWidth={height < 2 ? 0 : 0.5}
                />
              )
            })}
          </g>
        ))}
        <line y1={HEIGHT} y2={HEIGHT} x2={width} className="stroke-line-strong" strokeWidth="2" />
        {levels.map((amount) => (
          <text
            key={amount}
            y={high(amount) - 5}
            className="fill-muted stroke-surface text-xs tabular-nums"
            strokeWidth="4"
            paintOrder="stroke"
          >
            {formatMeasured(measure, amount)}
          </text>
        ))}
      </svg>
      <figcaption aria-hidden className="flex justify-between pt-1 text-xs text-muted">
        <span>{columns[0]?.label}</span>
        {columns.length > 1 && <span>{columns.at(-1)?.label}</span>}
      </figcaption>
    </figure>
  )
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

/** Measures the width, so that patterns and text are drawn without scaling. */
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
