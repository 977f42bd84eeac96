import { ChevronRight } from 'lucide'
import { useState } from 'react'
import type { ContextGroup, ContextPart } from '#shared/context.ts'
import { visibleText } from '#shared/visible-text.ts'
import { Icon } from '../ui/icon.tsx'
import { formatTokens } from '../ui/tokens.tsx'
import { t } from '#shared/translate.ts'

const KINDS: Record<ContextPart['kind'], string> = {
  instructions: t`Instructions`,
  tools: t`Tool`,
  summary: t`Summary`,
  user: t`You`,
  assistant: t`Assistant`,
  tool_call: t`Tool call`,
  tool_result: t`Tool result`,
  other: t`Others`,
}

/** Up to so many parts are shown at once, without opening their groups. */
const MAX_OPEN_PARTS = 14

interface PartTableProps {
  groups: ContextGroup[]
  inputTokens: number
}

/** What every request carries and the turns, each of which opens to its parts. */
export function PartTable({ groups, inputTokens }: PartTableProps) {
  const isShort = groups.reduce((sum, { parts }) => sum + parts.length, 0) <= MAX_OPEN_PARTS
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">{t`What fills it, by turn`}</caption>
      <thead>
        <tr className="border-b border-line text-xs text-muted *:py-1.5 *:font-normal">
          <th scope="col" className="text-left">
            {t`What fills it`}
          </th>
          <th scope="col" className="w-20 text-right">
            {t`Tokens`}
          </th>
          <th scope="col" className="w-16 text-right">
            {t`Share`}
          </th>
        </tr>
      </thead>
      {groups.map((group, index) => (
        <Group
          key={group.messageId ?? `${group.kind} ${index}`}
          group={group}
          inputTokens={inputTokens}
          opensAtFirst={isShort}
        />
      ))}
    </table>
  )
}

interface GroupProps {
  group: ContextGroup
  inputTokens: number
  opensAtFirst: boolean
}

function Group({ group, inputTokens, opensAtFirst }: GroupProps) {
  const [isOpen, setOpen] = useState(opensAtFirst && group.kind !== 'other')
  const { kind, tokens, parts } = group
  const label = visibleText(group.label) || t`Without a message of yours`
  // What stands for messages that are not sent is never hidden.
  const shown = isOpen ? parts : parts.filter((part) => part.kind === 'summary')
  const share = <Share tokens={tokens} inputTokens={inputTokens} />
  return (
    <tbody className="border-b border-line last:border-0">
      <tr className="align-top tabular-nums *:py-2">
        <th scope="row" className="pr-3 text-left font-medium">
          {kind === 'other' ? (
            <span className="block pl-5.5">{label}</span>
          ) : (
            <button
              type="button"
              aria-expanded={isOpen}
              className="flex w-full min-w-0 items-center gap-1.5 rounded text-left hover:text-accent pointer-coarse:min-h-8"
              onClick={() => setOpen(!isOpen)}
            >
              <Icon
                of={ChevronRight}
                className={`size-4 shrink-0 text-muted transition-transform motion-reduce:transition-none ${isOpen ? 'rotate-90' : ''}`}
              />
              <span className="truncate" title={label}>
                {label}
              </span>
            </button>
          )}
          <span className="mt-1.5 block pl-5.5">{share}</span>
        </th>
        <Figures tokens={tokens} inputTokens={inputTokens} />
      </tr>
      {shown.map((part, index) => (
        <Part key={index} part={part} inputTokens={inputTokens} />
      ))}
    </tbody>
  )
}

function Part({ part, inputTokens }: { part: ContextPart; inputTokens: number }) {
  const { kind, tokens, dropped } = part
  const label = visibleText(part.label)
  return (
    <tr className="align-top text-[13px] tabular-nums *:pb-2">
      <th scope="row" className="pr-3 pl-5.5 text-left font-normal">
        <span className="block truncate" title={label}>
          <span className="mr-2 text-xs text-muted">{KINDS[kind]}</span> {label}
          {dropped && <span className="ml-2 text-xs text-warn">{t`dropped`}</span>}
        </span>
        <span className="mt-1 block">
          <Share tokens={tokens} inputTokens={inputTokens} quiet />
        </span>
      </th>
      <Figures tokens={tokens} inputTokens={inputTokens} />
    </tr>
  )
}

interface ShareProps {
  tokens: number
  inputTokens: number
  quiet?: boolean
}

/** A bar that is full for the whole request, so that the bars of one table can be compared. */
function Share({ tokens, inputTokens, quiet = false }: ShareProps) {
  const width = inputTokens === 0 ? 0 : Math.min(100, (tokens / inputTokens) * 100)
  return (
    <span
      aria-hidden
      className={`block overflow-hidden rounded-full bg-sunken ${quiet ? 'h-0.5' : 'h-1'}`}
    >
      <span
        className={`block h-full rounded-full ${quiet ? 'bg-accent/60' : 'bg-accent'} ${tokens > 0 ? 'min-w-0.5' : ''}`}
        style={{ width: `${width}%` }}
      />
    </span>
  )
}

function Figures({ tokens, inputTokens }: ShareProps) {
  return (
    <>
      <td className="text-right font-normal">≈{formatTokens(tokens)}</td>
      <td className="text-right font-normal text-muted">{percent(tokens, inputTokens)}</td>
    </>
  )
}

/** Formats a percentage. A share above zero never reads 0 %. */
export function percent(tokens: number, of: number): string {
  const share = of === 0 ? 0 : (tokens / of) * 100
  return share > 0 && share < 1 ? '<1 %' : `${Math.round(share)} %`
}
