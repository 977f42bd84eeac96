import { lazyPart, Nothing } from '../ui/lazy-part.tsx'
import type { VersionsProps } from './versions.tsx'

const Versions = lazyPart(() => import('./versions.tsx'), 'Versions', { failed: Nothing })

/** Most messages have one version. */
export function BranchSwitcher(props: VersionsProps) {
  return props.siblingIds.length < 2 ? null : <Versions {...props} />
}
