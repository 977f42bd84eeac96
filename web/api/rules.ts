// Rules that approve calls without asking.
import { queryOptions } from '@tanstack/react-query'
import {
  type CreateRule,
  Rule,
  type RuleDraft,
  RuleList,
  RuleOffer,
  RulePreview,
  type UpdateRule,
} from '#shared/rules.ts'
import { request, send } from './request.ts'

export const rulesQuery = () =>
  queryOptions({
    queryKey: ['rules'],
    queryFn: ({ signal }) => request('/api/rules', RuleList, { signal }),
  })

/** The rule that past approvals suggest for a call that waits. */
export const ruleOfferQuery = (waitId: string) =>
  queryOptions({
    queryKey: ['rules', 'offer', waitId],
    queryFn: ({ signal }) =>
      request(`/api/rules/offer?${new URLSearchParams({ waitId })}`, RuleOffer, { signal }),
    staleTime: 0,
    retry: false,
  })

export const rulePreviewQuery = (draft: RuleDraft) =>
  queryOptions({
    queryKey: ['rules', 'preview', draft],
    queryFn: ({ signal }) =>
      request('/api/rules/preview', RulePreview, { method: 'POST', body: draft, signal }),
    staleTime: 0,
    placeholderData: (before) => before,
  })

export function createRule(body: CreateRule): Promise<Rule> {
  return request('/api/rules', Rule, { method: 'POST', body })
}

export function updateRule(id: string, body: UpdateRule): Promise<Rule> {
  return request(`/api/rules/${id}`, Rule, { method: 'PATCH', body })
}

export async function revokeRule(id: string): Promise<void> {
  await send(`/api/rules/${id}`, { method: 'DELETE' })
}

export async function restoreRule(id: string): Promise<void> {
  await send(`/api/rules/${id}/restore`, { method: 'POST' })
}
