import type { KeyboardEvent, ReactNode } from 'react'
import type { ModelInfo, ProviderModels } from '#shared/api.ts'
import { modelLabel } from '#shared/model-label.ts'
import { visibleText } from '#shared/visible-text.ts'
import {
  formatContext,
  type ModelChoice,
  formatPrice,
  formatProvider,
  formatUsage,
} from './model-label.ts'
import { t } from '#shared/translate.ts'
import { ChoiceItem } from './choice-item.tsx'
import { useSetFavorite } from '../api/favorite-models.ts'
import { FavoriteStar } from '../ui/favorite-star.tsx'
import { useToast } from '../ui/toast.tsx'

interface ModelGroupsProps {
  providers: ProviderModels[]
  current: ModelChoice | null
  onChoose: (choice: ModelChoice) => void
  /** What an answer may cost; null: not known. */
  expected?: (model: ModelInfo) => string | null
}

/** The favourites, then the other models of each provider. */
export function ModelGroups({ providers, ...choice }: ModelGroupsProps) {
  const favorites = providers.flatMap((provider) =>
    provider.models.filter(isFavorite).map((model) => ({ provider, model })),
  )
  return (
    <>
      {favorites.length > 0 && (
        <Group title={t`Favourites`}>
          {favorites.map(({ provider, model }) => (
            <ModelItem key={`${provider.name} ${model.id}`} {...{ provider, model, ...choice }} />
          ))}
        </Group>
      )}
      {providers.map((provider) => {
        const others = provider.models.filter((model) => !isFavorite(model))
        if (others.length === 0 && provider.problem === null) return null
        return (
          <Group key={provider.name} title={formatProvider(provider)} problem={provider.problem}>
            {others.map((model) => (
              <ModelItem key={model.id} {...{ provider, model, ...choice }} />
            ))}
          </Group>
        )
      })}
    </>
  )
}

function isFavorite({ favorite = false }: ModelInfo): boolean {
  return favorite
}

interface GroupProps {
  title: string
  problem?: string | null
  children: ReactNode
}

function Group({ title, problem = null, children }: GroupProps) {
  return (
    <fieldset className="min-w-0 pb-1">
      <legend className="max-w-full truncate px-2.5 pt-2 pb-1 text-xs font-medium text-muted">
        {title}
      </legend>
      {problem !== null && (
        <div className="mx-1 mb-1 rounded-lg bg-warn-soft px-2 py-1.5 text-xs text-warn wrap-anywhere">
          {problem}
        </div>
      )}
      {children}
    </fieldset>
  )
}

interface ModelItemProps extends Omit<ModelGroupsProps, 'providers'> {
  provider: ProviderModels
  model: ModelInfo
}

function ModelItem({ model, provider, current, expected, onChoose }: ModelItemProps) {
  const { name } = provider
  const showToast = useToast()
  const marking = useSetFavorite(({ message }) => showToast({ text: message }))
  const details = [
    isFavorite(model) ? visibleText(name) : null,
    expected?.(model) ?? null,
    formatPrice(model, provider),
    formatContext(model),
    formatUsage(model),
    model.default ? t`default` : null,
  ].filter((detail) => detail !== null)
  return (
    <div role="none" className="group/model flex items-center" onKeyDown={moveBeside}>
      <ChoiceItem
        chosen={name === current?.provider && model.id === current.model}
        onChoose={() => onChoose({ provider: name, model: model.id })}
        className="items-center"
      >
        <span className="block truncate font-medium">{visibleText(modelLabel(model.id))} </span>
        <span className="block text-xs text-muted tabular-nums">{details.join(' · ')}</span>
      </ChoiceItem>
      <FavoriteStar
        inMenu
        provider={name}
        model={model.id}
        favorite={isFavorite(model)}
        onChange={(favorite) => marking.mutate({ provider: name, model: model.id, favorite })}
        className={
          isFavorite(model)
            ? ''
            : 'not-focus:not-group-hover/model:not-group-focus-within/model:opacity-0 pointer-coarse:opacity-100!'
        }
      />
    </div>
  )
}

/** The star stands beside its model: the right arrow goes to it, every other one on from the model. */
function moveBeside({ key, currentTarget, target }: KeyboardEvent<HTMLElement>): void {
  const [item, star] = currentTarget.querySelectorAll('button')
  if (key === 'ArrowRight' && target === item) star?.focus()
  else if (key.startsWith('Arrow') && target === star) item?.focus()
}
