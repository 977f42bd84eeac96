// The state of the usage page, stored in its address: a range of days and filters.
import type { UsageBy } from '#shared/api.ts'
import type { UsageFilter } from '#shared/usage.ts'
import { dayOf, type Range, rangeProblem, DEFAULT_RANGE } from './range.ts'

export interface View {
  range: Range
  filter: UsageFilter
  /** The tool with its uses listed. It filters nothing else. */
  tool: string | null
}

/** The fields that a row can filter by, in the order of the chips. */
export const NARROWING = ['conversation', 'model', 'provider', 'agent', 'purpose'] as const
export type Narrowing = (typeof NARROWING)[number]

/** Reads the view; `problem` explains an invalid range, which the default one replaces. */
export function readView(search: string, now: Date): View & { problem: string | null } {
  const query = new URLSearchParams(search)
  const filter: UsageFilter = {}
  for (const by of NARROWING) {
    const key = query.get(by)
    if (key !== null) filter[by] = key
  }
  const isNarrowed = Object.keys(filter).length > 0
  if (query.get('demo') === 'true') filter.demo = 'true'
  // Tool uses are recorded by tool and day only, so filters cannot apply.
  const tool = isNarrowed ? null : query.get('tool')
  if (query.has('from') || query.has('to')) {
    const first = query.get('from') ?? ''
    const last = query.get('to') ?? dayOf(now)
    const problem = rangeProblem(first, last)
    const range: Range = problem === null ? { kind: 'between', first, last } : DEFAULT_RANGE
    return { range, filter, tool, problem }
  }
  return { range: readPreset(query.get('days')), filter, tool, problem: null }
}

export function viewPath({ range, filter, tool }: View): string {
  const query = new URLSearchParams()
  if (range.kind === 'between') {
    query.set('from', range.first)
    query.set('to', range.last)
  } else if (range.days !== 30) {
    query.set('days', String(range.days ?? 'all'))
  }
  for (const by of NARROWING) {
    const key = filter[by]
    if (key !== undefined) query.set(by, key)
  }
  if (filter.demo !== undefined) query.set('demo', filter.demo)
  if (tool !== null) query.set('tool', tool)
  return query.size === 0 ? '/usage' : `/usage?${query}`
}

/** Returns the view that shows only one row of a table. */
export function narrowedTo(view: View, by: UsageBy, key: string): View {
  if (by === 'day') return { ...view, range: { kind: 'between', first: key, last: key } }
  return { ...view, filter: { ...view.filter, [by]: key }, tool: null }
}

export function isNarrowedTo({ range, filter }: View, by: UsageBy, key: string): boolean {
  if (by === 'day') return range.kind === 'between' && range.first === key && range.last === key
  return filter[by] === key
}

export function without(view: View, by: Narrowing): View {
  const { [by]: _gone, ...filter } = view.filter
  return { ...view, filter }
}

/** Removes all filters but the choice between billed and demo usage. */
export function unfiltered({ filter: { demo }, ...view }: View): View {
  return { ...view, filter: demo === undefined ? {} : { demo } }
}

/** Switches between billed and demo usage. Other filters are dropped: their values differ. */
export function ofDemo(view: View, isDemo: boolean): View {
  return { ...view, filter: isDemo ? { demo: 'true' } : {}, tool: null }
}

export function isFiltered({ filter }: View): boolean {
  return NARROWING.some((by) => filter[by] !== undefined)
}

function readPreset(days: string | null): Range {
  if (days === 'all') return { kind: 'last', days: null }
  return days === '7' ? { kind: 'last', days: 7 } : DEFAULT_RANGE
}
