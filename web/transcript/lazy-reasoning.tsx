import { lazyPart, NotLoaded } from '../ui/lazy-part.tsx'
import { t } from '#shared/translate.ts'

// Folded in an answer that has ended, so its name is what there is to see.
export const ReasoningView = lazyPart(() => import('./reasoning-view.tsx'), 'ReasoningView', {
  fallback: () => <p className="pl-5 text-sm text-muted">{t`Reasoning`}</p>,
  failed: NotLoaded,
})
