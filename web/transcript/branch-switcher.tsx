import { later, Nothing } from '../ui/later.tsx'
import type { VersionsProps } from './versions.tsx'

const Versions = later(() => import('./versions.tsx'), 'Versions', { failed: Nothing })

/** Most messages have one version. */
export function BranchSwitcher(props: VersionsProps) {
  return props.siblingIds.length < 2 ? null : <Versions {...props} />
}
