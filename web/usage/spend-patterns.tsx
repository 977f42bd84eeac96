/** Told apart by their pattern, in any colour: full, stripes, dots, lines, grid, checks; the rest is plain. */
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

/** The patterns of a chart; once on a page. */
export function SpendPatterns() {
  return (
    <defs>
      {patterns.map(({ ground, marks, path }, place) => (
        <pattern
          key={ground + path}
          id={`spend-${place}`}
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

/** By the place of a group in the legend; everything after the sixth is the rest. */
export function spendFill(place: number): string {
  return `url(#spend-${place < 0 ? VARIANTS.length : Math.min(place, VARIANTS.length)})`
}

export function Swatch({ place }: { place: number }) {
  return (
    <svg aria-hidden className="size-4 shrink-0">
      <rect
        x="0.5"
        y="0.5"
        width="15"
        height="15"
        rx="3"
        fill={spendFill(place)}
        className="stroke-line-strong"
      />
    </svg>
  )
}
