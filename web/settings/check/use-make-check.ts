import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { StartCheck } from '#shared/checks.ts'
import { checkQuery, makeCheck } from '../../api/checks.ts'

export type Making = ReturnType<typeof useMakeCheck>

export function useMakeCheck(provider: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: StartCheck) => makeCheck(provider, body),
    onSuccess: (check) => {
      client.setQueryData(checkQuery(provider, check.model).queryKey, check)
    },
    // Findings also appear in the model picker and in receipts.
    onSettled: () => client.invalidateQueries(),
  })
}
