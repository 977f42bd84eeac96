// Marks the models that lists show first.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ModelList } from '#shared/api.ts'
import type { SetFavoriteModel } from '#shared/provider-settings.ts'
import type { WhatIf } from '#shared/what-if.ts'
import { modelsQuery } from './queries.ts'
import { send } from './request.ts'

/** Changes what is on the screen at once, and changes it back if the server refuses. */
export function useSetFavorite(onError: (error: Error) => void) {
  const client = useQueryClient()
  const mark = (changed: SetFavoriteModel) => {
    const marked = <Model extends { favorite?: boolean | undefined }>(
      one: Model,
      provider: string,
      model: string,
    ): Model =>
      provider === changed.provider && model === changed.model
        ? { ...one, favorite: changed.favorite }
        : one
    client.setQueryData<ModelList>(modelsQuery().queryKey, (list) => {
      const items = list?.items.map((one) => ({
        ...one,
        models: one.models.map((model) => marked(model, one.name, model.id)),
      }))
      return list && items && { ...list, items }
    })
    client.setQueriesData<WhatIf>({ queryKey: ['what-if'] }, (found) => {
      const items = found?.items.map((one) => marked(one, one.provider, one.model))
      return found && items && { ...found, items }
    })
  }
  return useMutation({
    mutationFn: (body: SetFavoriteModel) =>
      send('/api/settings/favorite-model', { method: 'PUT', body }),
    onMutate: mark,
    onError: (error, body) => {
      mark({ ...body, favorite: !body.favorite })
      onError(error)
    },
  })
}
