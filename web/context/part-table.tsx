import type { ContextPart } from '#shared/context.ts'
import { visibleText } from '#shared/visible-text.ts'
import { formatTokens } from '../ui/tokens.tsx'

const KINDS: Record<ContextPart['kind'], string> = {
  instructions: 'Instructions',
  tools: 'Tool',
  summary: 'Summary',
  user: 'You',
  assistant: 'Assistant',
  tool_call: 'Tool call',
  tool_result: 'Tool result',
  other: 'Others',
}

/** The parts by size, with the sum of the others last. */
export function PartTable({ parts, inputTokens }: { parts: ContextPart[]; inputTokens: number }) {
  const sorted = parts.toSorted((a, b) => rank(b) - rank(a))
  const biggest = Math.max(1, ...sorted.map(rank))
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">What fills it, largest first</caption>
      <thead>
        <tr className="border-b border-line text-xs text-muted *:py-1.5 *:font-normal">
          <th scope="col" className="text-left">
            What fills it
          </th>
          <th scope="col" className="w-20 text-right">
            Tokens
          </th>
          <th scope="col" className="w-16 text-right">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((part, index) => (
          <Row key={index} part={part} inputTokens={inputTokens} biggest={biggest} />
        ))}
      </tbody>
    </table>
  )
}

function rank({ kind, tokens }: ContextPart): number {
  return kind === 'other' ? -1 : tokens
}

interface RowProps {
  part: ContextPart
  inputTokens: number
  biggest: number
}

function Row({ part, inputTokens, biggest }: RowProps) {
  const { kind, tokens, dropped } = part
  const label = visibleText(part.label)
  return (
    <tr className="border-b border-line align-top tabular-nums last:border-0 *:py-2">
      <th scope="row" className="pr-3 text-left font-normal">
        <span className="block truncate" title={label}>
          <span className="mr-2 text-xs text-muted">{KINDS[kind]}</span> {label}
          {dropped && <span className="ml-2 text-xs text-warn">dropped</span>}
        </span>
        <span aria-hidden className="mt-1.5 block h-1 rounded-full bg-sunken">
          <span
            className="block h-full rounded-full bg-accent"
            style={{ width: `${Math.min(100, (tokens / biggest) * 100)}%` }}
          />
        </span>
      </th>
      <td className="text-right">≈{formatTokens(tokens)}</td>
      <td className="text-right text-muted">{percent(tokens, inputTokens)}</td>
    </tr>
  )
}

/** Formats a percentage. A share above zero never reads 0 %. */
export function percent(tokens: number, of: number): string {
  const share = of === 0 ? 0 : (tokens / of) * 100
  return share > 0 && share < 1 ? '<1 %' : `${Math.round(share)} %`
}
