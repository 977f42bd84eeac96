/** Patterns that can be told apart without colour: solid, stripes, dots, lines, grid, checks. */
const VARIANTS = [
  { ground: 'fill-accent', marks: '', path: '' },
  { ground: 'fill-warn-soft', marks: 'stroke-warn', path: 'M-2 2 2-2M0 8 8 0M6 10 10 6' },
  { ground: 'fill-surface', marks: 'stroke-ink', path: 'M1 2h2M5 6h2' },
  { ground: 'fill-accent-soft', marks: 'stroke-accent', path: 'M0 2h8M0 6h8' },
  { ground: 'fill-muted', marks: '', path: '' },
  { ground: 'fill-surface', marks: 'stroke-warn', path: 'M2 0v8M6 0v8' },
]

const REST = { ground: 'fill-line', marks: '', path: '' }
const patterns = [...VARIANTS, REST]

/** The pattern definitions. Render them once per page. */
export function SpendPatterns() {
  return (
    <defs>
      {patterns.map(({ ground, marks, path }, index) => (
        <pattern
          key={ground + path}
          id={`spend-${index}`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
        >
          <rect width="8" height="8" className={ground} />
          {path !== '' && <path d={path} className={marks} strokeWidth="2" />}
        </pattern>
      ))}
    </defs>
  )
}

/** Returns the fill for an index in the legend; −1 and indexes past the last pattern share one. */
export function spendFill(index: number): string {
  return `url(#spend-${index < 0 ? VARIANTS.length : Math.min(index, VARIANTS.length)})`
}

export function Swatch({ index }: { index: number }) {
  return (
    <svg aria-hidden className="size-4 shrink-0">
      <rect
        x="0.5"
        y="0.5"
        width="15"
        height="15"
        rx="3"
        fill={spendFill(index)}
        className="stroke-line-strong"
      />
    </svg>
  )
}
