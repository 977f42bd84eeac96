import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { appSettingsQuery, chooseDefaultModel, reloadProviders } from '../../api/providers.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ModelPicker } from '../model-picker.tsx'

export function DefaultModelField() {
  const client = useQueryClient()
  const settings = useQuery(appSettingsQuery())
  const choosing = useMutation({
    mutationFn: chooseDefaultModel,
    onSuccess: () => reloadProviders(client),
  })
  return (
    <section aria-labelledby="default-model" className="py-5">
      <h3 id="default-model" className="font-medium">
        Default model
      </h3>
      <p className="pt-0.5 text-sm text-muted">
        New chats start with this model. A conversation keeps the model chosen for it.
      </p>
      {settings.isPending && <Skeleton className="mt-3 h-10 w-56" />}
      {settings.isError && (
        <ErrorState
          title="The settings could not be loaded"
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      )}
      {settings.data !== undefined && (
        <div className="flex min-h-10 flex-wrap items-center gap-2 pt-3 text-sm">
          {settings.data.defaultModelSetBy === null ? (
            <>
              <div className="min-w-0 rounded-lg border border-line-strong">
                <ModelPicker
                  value={settings.data.defaultModel}
                  onChange={(choice) => choosing.mutate(choice)}
                />
              </div>
              {settings.data.defaultModel !== null && (
                <Button
                  variant="quiet"
                  busy={choosing.isPending}
                  onClick={() => choosing.mutate(null)}
                >
                  Let Tally choose
                </Button>
              )}
            </>
          ) : (
            <p className="wrap-anywhere">
              <span className="font-medium">{settings.data.defaultModel?.model}</span>
              <span className="text-muted">
                {' '}
                is set by {settings.data.defaultModelSetBy} in the environment. Change it there.
              </span>
            </p>
          )}
        </div>
      )}
      {choosing.error !== null && (
        <p role="alert" className="pt-2 text-sm text-danger">
          {choosing.error.message}
        </p>
      )}
    </section>
  )
}
