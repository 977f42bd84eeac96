// The HTTP side of rules: the list, its changes, the offer for a call that waits, and the preview.
import { Hono } from 'hono'
import { v7 as uuid } from 'uuid'
import * as z from 'zod/mini'
import {
  CreateRule,
  Rule,
  RuleDraft,
  RuleList,
  RuleOffer,
  RulePreview,
  UpdateRule,
} from '#shared/rules.ts'
import type { Database } from '../db/open.ts'
import { CHANGE, json, operation } from '../http/operation.ts'
import { Problem, type ProblemCode } from '../http/problem.ts'
import { body, query } from '../http/request.ts'
import { checkExpiry, checkRule } from './check-rule.ts'
import { offerRule } from './offer-rule.ts'
import { previewRule } from './preview-rule.ts'
import { changeRule, findRule, insertRule, listRules, setRevoked } from './rule-store.ts'
import type { FindTool } from './rule-tool.ts'

export interface RuleDeps {
  db: Database
  findTool: FindTool
  now: () => Date
}

const OfferQuery = z.object({ waitId: z.string() })
const ONE: ProblemCode[] = [...CHANGE, 'rule_not_found']

export function ruleRoutes(deps: RuleDeps): Hono {
  const { db, findTool, now } = deps
  const app = new Hono()
  const one = '/api/rules/:id'

  app.get(
    '/api/rules',
    operation({
      operationId: 'listRules',
      summary: 'The rules that approve calls without asking, newest first, with expired ones',
      responses: { 200: json(RuleList) },
    }),
    async (c) => c.json({ items: await listRules(db), nextCursor: null }),
  )

  app.post(
    '/api/rules',
    operation({
      operationId: 'createRule',
      summary: 'Approve the calls of a tool that meet conditions, without asking',
      description:
        'A rule never denies. All its conditions must hold: `atMost` takes a number from 0 to this one, `equals` exactly this value. A tool that is not marked as read-only needs a condition or a conversation. Without `expiresAt` it holds for 7 days.',
      responses: { 201: json(Rule, 'Made') },
      problems: [...CHANGE, 'conversation_not_found'],
    }),
    body(CreateRule),
    async (c) => {
      const { expiresAt, ...draft } = c.req.valid('json')
      const at = now()
      const until = checkExpiry(expiresAt, at)
      await checkRule(deps, draft)
      const id = uuid()
      const rule = { ...draft, id, createdAt: at.toISOString(), expiresAt: until }
      await db.transaction((trx) => insertRule(trx, rule))
      return c.json(await present(db, id), 201)
    },
  )

  app.post(
    '/api/rules/preview',
    operation({
      operationId: 'previewRule',
      summary: 'What a rule would have allowed over past decisions about its tool',
      responses: { 200: json(RulePreview) },
      problems: [...CHANGE, 'conversation_not_found'],
    }),
    body(RuleDraft),
    async (c) => {
      const draft = c.req.valid('json')
      return c.json(await previewRule(db, draft, await checkRule(deps, draft)))
    },
  )

  app.get(
    '/api/rules/offer',
    operation({
      operationId: 'offerRule',
      summary: 'The rule that past approvals suggest for a call that waits',
      responses: { 200: json(RuleOffer) },
      problems: ['bad_request', 'already_decided'],
    }),
    query(OfferQuery, { waitId: 'The approval that waits' }),
    async (c) => c.json(await offerRule({ db, findTool, now }, c.req.valid('query').waitId)),
  )

  app.patch(
    one,
    operation({
      operationId: 'updateRule',
      summary: 'Change the conditions or the end of a rule',
      responses: { 200: json(Rule) },
      problems: ONE,
    }),
    body(UpdateRule),
    async (c) => {
      const { conditions, expiresAt } = c.req.valid('json')
      const rule = await present(db, c.req.param('id'))
      if (conditions !== undefined) await checkRule(deps, { ...rule, conditions })
      await changeRule(db, rule.id, {
        ...(conditions && { conditions }),
        ...(expiresAt !== undefined && { expiresAt: checkExpiry(expiresAt, now()) }),
      })
      return c.json(await present(db, rule.id))
    },
  )

  app.delete(
    one,
    operation({
      operationId: 'revokeRule',
      summary: 'Revoke a rule: its calls are asked about again',
      responses: { 204: { description: 'Revoked' } },
      problems: ONE,
    }),
    async (c) => {
      const found = await setRevoked(db, c.req.param('id'), now().toISOString())
      if (!found) throw new Problem('rule_not_found')
      return c.body(null, 204)
    },
  )

  app.post(
    '/api/rules/:id/restore',
    operation({
      operationId: 'restoreRule',
      summary: 'Undo a revocation',
      responses: { 200: json(Rule) },
      problems: ONE,
    }),
    async (c) => {
      const id = c.req.param('id')
      if (!(await setRevoked(db, id, null))) throw new Problem('rule_not_found')
      return c.json(await present(db, id))
    },
  )
  return app
}

async function present(db: Database, id: string): Promise<Rule> {
  const rule = await findRule(db, id)
  if (rule === null) throw new Problem('rule_not_found')
  return rule
}
