import { useEffect, useRef, useState } from 'react'
import type { SpendColumn } from './spend-columns.ts'
import { SpendPatterns, spendFill } from './spend-patterns.tsx'
import { formatMeasured, type Measure, measured } from './spend-measure.ts'

interface SpendChartProps {
  columns: SpendColumn[]
  /** The keys of the groups in the order of the legend, the lowest in a bar first. */
  keys: string[]
  measure: Measure
  name: string
}

const HEIGHT = 180
const TOP = 18
const WIDEST_BAR = 44

/** Days as stacked bars. The table beside it says the same to those who do not see it. */
export function SpendChart({ columns, keys, measure, name }: SpendChartProps) {
  const ref = useRef<SVGSVGElement>(null)
  const width = useWidth(ref)
  const most = Math.max(1, ...columns.map((column) => sumOf(column, measure)))
  const step = width / columns.length
  const high = (amount: number): number => ((HEIGHT - TOP) * amount) / most
  return (
    <figure className="px-4">
      <svg ref={ref} role="img" aria-label={name} className="block w-full" height={HEIGHT}>
        <SpendPatterns />
        <Level y={TOP} width={width} label={formatMeasured(measure, most)} />
        <Level y={TOP + high(most / 2)} width={width} label="" />
        {columns.map((column, index) => (
          <Bar
            key={column.key}
            {...{ column, keys, measure, high }}
            x={index * step + Math.max(step * 0.1, (step - WIDEST_BAR) / 2)}
            width={Math.min(step * 0.8, WIDEST_BAR)}
          />
        ))}
        <line y1={HEIGHT} y2={HEIGHT} x2={width} className="stroke-line-strong" strokeWidth="2" />
      </svg>
      <figcaption aria-hidden className="flex justify-between pt-1 text-xs text-muted">
        <span>{columns[0]?.label}</span>
        {columns.length > 1 && <span>{columns.at(-1)?.label}</span>}
      </figcaption>
    </figure>
  )
}

function Level({ y, width, label }: { y: number; width: number; label: string }) {
  return (
    <>
      <line y1={y} y2={y} x2={width} className="stroke-line" strokeDasharray="2 4" />
      <text y={y - 5} className="fill-muted text-xs tabular-nums">
        {label}
      </text>
    </>
  )
}

interface BarProps extends Omit<SpendChartProps, 'columns' | 'name'> {
  column: SpendColumn
  high: (amount: number) => number
  x: number
  width: number
}

function Bar({ column, keys, measure, high, x, width }: BarProps) {
  const ordered = column.parts.toSorted((a, b) => place(keys, a.key) - place(keys, b.key))
  const heights = ordered.map((part) => high(measured(measure, part)))
  return (
    <g>
      <title>{`${column.label}: ${formatMeasured(measure, sumOf(column, measure))}`}</title>
      <rect x={x} width={width} y={TOP} height={HEIGHT - TOP} fill="transparent" />
      {ordered.map((part, index) => (
        <rect
          key={part.key}
          {...{ x, width }}
          y={HEIGHT - heights.slice(0, index + 1).reduce((sum, height) => sum + height, 0)}
          height={heights[index]}
          fill={spendFill(keys.indexOf(part.key))}
          className="stroke-ink"
          strokeWidth={(heights[index] ?? 0) < 2 ? 0 : 0.5}
        />
      ))}
    </g>
  )
}

function place(keys: string[], key: string): number {
  const index = keys.indexOf(key)
  return index === -1 ? keys.length : index
}

function sumOf({ parts }: SpendColumn, measure: Measure): number {
  return parts.reduce((sum, part) => sum + measured(measure, part), 0)
}

/** The patterns and the text keep their shape at any width. */
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
