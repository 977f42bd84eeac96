interface ProgressBarProps {
  label: string
  /** Between 0 and 1. */
  part: number
}

export function ProgressBar({ label, part }: ProgressBarProps) {
  return <progress aria-label={label} value={part} max={1} className="h-2 w-full accent-accent" />
}
