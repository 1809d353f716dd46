import * as z from 'zod/mini';
import { Problem, problems, type ProblemCode } from '../protocol/index.js';
import type { Route } from './route.js';

/** The OpenAPI 3.1 document of the routes. */
export function toOpenApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = toOperation(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'ccai-chat relay', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: toSchema(z.extend(Problem, { paths: z.optional(z.array(z.string())) }), 'output') },
      securitySchemes: { handle: { type: 'http', scheme: 'bearer', description: 'The token that POST /chats answered.' } },
    },
  };
}

function toOperation(route: Route): object {
  return {
    summary: route.summary,
    ...(route.caller === 'visitor' ? { security: [{ handle: [] }] } : {}),
    parameters: toParameters(route),
    ...(route.request ? { requestBody: { required: true, content: jsonOf(toSchema(route.request, 'input')) } } : {}),
    responses: { ...toAnswers(route), ...toProblemAnswers(route.problems) },
  };
}

function toParameters(route: Route): object[] {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(route.query ?? {}).map(([name, { type, description }]) => ({
    name,
    in: 'query',
    description,
    schema: { type },
  }));
  return [...inPath, ...inQuery];
}

function toAnswers({ status, otherStatus, summary, response }: Route): Record<string, object> {
  const content = response ? { content: jsonOf(toSchema(response, 'output')) } : {};
  return {
    [status]: { description: summary, ...content },
    ...(otherStatus ? { [otherStatus.status]: { description: otherStatus.when, ...content } } : {}),
  };
}

/** One entry a status; several codes may share it. */
function toProblemAnswers(codes: readonly ProblemCode[]): Record<string, object> {
  const answers: Record<string, object> = {};
  for (const { status } of codes.map((code) => problems[code])) {
    const sharing = codes.filter((code) => problems[code].status === status);
    answers[status] = {
      description: sharing.map((code) => `${code}: ${problems[code].title}`).join(' '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return answers;
}

function jsonOf(schema: object): object {
  return { 'application/json': { schema } };
}

function toSchema(schema: z.ZodMiniType, io: 'input' | 'output'): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
