import { Star } from 'lucide'
import { visibleText } from '#shared/visible-text.ts'
import { Icon } from './icon.tsx'
import { t } from '#shared/translate.ts'

interface FavoriteStarProps {
  provider: string
  model: string
  favorite: boolean
  /** True in a menu, where it stands beside the item that chooses the model. */
  inMenu?: boolean
  onChange: (favorite: boolean) => void
  className?: string
}

/** Marks a model as a favourite, which moves it to the top of its list. */
export function FavoriteStar({
  favorite,
  inMenu = false,
  className = '',
  provider,
  model,
  onChange,
}: FavoriteStarProps) {
  const name = `${visibleText(model)}, ${visibleText(provider)}`
  const key = `${provider} ${model}`
  return (
    <button
      type="button"
      ref={(star) => keepFocus(star, key)}
      aria-label={t`Favourite: ${name}`}
      title={favorite ? t`Remove from favourites` : t`Add to favourites`}
      {...(inMenu
        ? {
            role: 'menuitemcheckbox',
            'aria-checked': favorite,
            'data-beside': '',
            tabIndex: -1,
          }
        : { 'aria-pressed': favorite })}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-lg hover:bg-sunken hover:text-ink pointer-coarse:size-11 ${favorite ? 'text-accent' : 'text-muted'} ${className}`}
      onClick={({ currentTarget }) => {
        moved = { key, at: performance.now(), scrolls: currentTarget.matches(':focus-visible') }
        onChange(!favorite)
      }}
    >
      <Icon of={Star} className={`size-4 ${favorite ? 'fill-current' : ''}`} />
    </button>
  )
}

/** The star that was used last. Its row moves to another group, where it is mounted again. */
let moved: { key: string; at: number; scrolls: boolean } | null = null
const MOVES_WITHIN_MS = 1000

function keepFocus(star: HTMLButtonElement | null, key: string): void {
  if (star === null || moved?.key !== key || performance.now() - moved.at > MOVES_WITHIN_MS) return
  if (document.activeElement !== star) star.focus({ preventScroll: !moved.scrolls })
}
