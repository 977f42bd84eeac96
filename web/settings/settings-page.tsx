import { lazy, type LazyExoticComponent, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { Link } from '../router.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useFade } from '../ui/use-fade.ts'
import { t } from '#shared/translate.ts'

interface Section {
  path: string
  label: string
  content: LazyExoticComponent<() => ReactNode>
}

/** The sections. `/settings` shows the first one. */
const SECTIONS: Section[] = [
  {
    path: 'providers',
    label: t`Providers`,
    content: lazy(async () => {
      const { ProvidersSection } = await import('./providers/providers-section.tsx')
      return { default: ProvidersSection }
    }),
  },
  {
    path: 'check',
    label: t`Endpoint check`,
    content: lazy(async () => {
      const { CheckSection } = await import('./check/check-section.tsx')
      return { default: CheckSection }
    }),
  },
  {
    path: 'general',
    label: t`General`,
    content: lazy(async () => {
      const { GeneralSection } = await import('./general-section.tsx')
      return { default: GeneralSection }
    }),
  },
  {
    path: 'prompts',
    label: t`Prompts`,
    content: lazy(async () => {
      const { PromptsSection } = await import('./prompts/prompts-section.tsx')
      return { default: PromptsSection }
    }),
  },
  {
    path: 'import',
    label: t`Import`,
    content: lazy(async () => {
      const { ImportSection } = await import('./import/import-section.tsx')
      return { default: ImportSection }
    }),
  },
  {
    path: 'prices',
    label: t`Prices`,
    content: lazy(async () => {
      const { PricesSection } = await import('./prices/prices-section.tsx')
      return { default: PricesSection }
    }),
  },
  {
    path: 'budgets',
    label: t`Budgets`,
    content: lazy(async () => {
      const { BudgetsSection } = await import('./budgets/budgets-section.tsx')
      return { default: BudgetsSection }
    }),
  },
  {
    path: 'rules',
    label: t`Rules`,
    content: lazy(async () => {
      const { RulesSection } = await import('./rules/rules-section.tsx')
      return { default: RulesSection }
    }),
  },
]

interface SettingsPageProps {
  section: string | null
  /** The button that opens the sidebar, shown before the heading. */
  leading?: ReactNode
}

export function SettingsPage({ section, leading }: SettingsPageProps) {
  const shown = section === null ? SECTIONS[0] : SECTIONS.find(({ path }) => path === section)
  useEffect(() => {
    document.title = t`${shown?.label ?? t`Settings`} · Tally`
  }, [shown])
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto max-w-5xl px-4 pt-3 pb-16 sm:px-6">
        <header className="flex items-center gap-2">
          {leading}
          <h1 className="text-xl font-semibold tracking-tight">{t`Settings`}</h1>
        </header>
        <div className="mt-4 gap-8 lg:flex">
          <SectionList shown={shown} />
          <div className="min-w-0 flex-1">
            {shown === undefined ? (
              <EmptyState title={t`This settings page does not exist`} />
            ) : (
              <Suspense fallback={<Skeleton className="h-48 w-full" />}>
                <shown.content />
              </Suspense>
            )}
          </div>
        </div>
      </div>
    </main>
  )
}

function SectionList({ shown }: { shown: Section | undefined }) {
  const ref = useRef<HTMLUListElement>(null)
  const { fade } = useFade(ref)
  return (
    <nav aria-label={t`Settings`} className="mb-5 lg:w-40 lg:shrink-0">
      <ul ref={ref} className={`flex gap-1 overflow-x-auto lg:flex-col ${fade}`}>
        {SECTIONS.map((section) => (
          <li key={section.path} ref={section === shown ? scrollIntoView : null}>
            <Link
              href={`/settings/${section.path}`}
              className={`flex h-9 items-center rounded-lg px-3 text-sm whitespace-nowrap pointer-coarse:h-11 ${section === shown ? 'bg-accent-soft text-ink' : 'text-muted hover:bg-sunken hover:text-ink'}`}
            >
              {section.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** On a small screen the row of sections scrolls sideways. */
function scrollIntoView(item: HTMLElement | null) {
  item?.scrollIntoView({ block: 'nearest', inline: 'center' })
}
