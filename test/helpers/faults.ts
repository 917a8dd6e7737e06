import { partsOf } from '../../src/collect/http/routes.ts';
import type { BlindReason } from '../../src/core/coverage.ts';
import type { Connector, Operation } from '../../src/sdk/index.ts';
import type { VendorAnswer, VendorRequest } from './vendor.ts';

type Sent = VendorAnswer | 'reset' | 'silence';

/** Something that happens to an answer on its way, and what may come of it. */
export interface Fault {
  name: string;
  answer(request: VendorRequest, answer: VendorAnswer): Sent;
  /** Reasons with which a stream may end. */
  reasons: readonly BlindReason[];
  /** Nothing may come of it. */
  harmless?: true;
  /** It happens only to answers of a certain kind. */
  sometimes?: true;
}

const meaning: Readonly<Record<number, BlindReason>> = {
  401: 'auth',
  403: 'permission',
  404: 'not-found',
  500: 'transient',
};

/** Everything that can happen to an operation's answers. */
export function faults(operation: Operation, connector: Connector): Fault[] {
  const judged = connector.remote?.classify !== undefined;
  const status = (code: number): Fault => ({
    name: `${code}`,
    answer: () => ({ status: code, json: { message: 'no', error: 'no' } }),
    reasons: [
      operation.means?.[code] ?? meaning[code] ?? 'schema',
      ...(judged ? (['schema', 'permission', 'not-licensed'] as const) : []),
    ],
    // Asked as a stranger, a refusal is the answer.
    ...(operation.anonymous === true && operation.means?.[code] === 'permission' && { harmless: true as const }),
  });
  return [
    status(401),
    status(403),
    status(404),
    status(500),
    { name: '429', answer: () => ({ status: 429, json: {} }), reasons: ['rate-limited'] },
    {
      name: '429, for an hour',
      answer: () => ({ status: 429, headers: { 'retry-after': '3600' }, json: {} }),
      reasons: ['rate-limited'],
    },
    once({
      name: '429 once, for a second',
      answer: () => ({ status: 429, headers: { 'retry-after': '1' }, json: {} }),
      reasons: [],
      harmless: true,
    }),
    once({ name: '503 once', answer: () => ({ status: 503, text: 'busy' }), reasons: [], harmless: true }),
    { name: 'a cut connection', answer: () => 'reset', reasons: ['transient'] },
    { name: 'silence', answer: () => 'silence', reasons: ['transient'] },
    {
      name: 'half an answer',
      answer: (_, answer) =>
        answer.json === undefined
          ? answer
          : { ...answer, json: undefined, text: JSON.stringify(answer.json).slice(0, -2) },
      reasons: ['transient', 'schema'],
      sometimes: true,
    },
    {
      name: 'a web page',
      answer: () => ({ headers: { 'content-type': 'text/html' }, text: '<!doctype html><p>Log in' }),
      reasons: ['schema'],
    },
    {
      name: 'other types',
      answer: (_, answer) => (answer.json === undefined ? answer : { ...answer, json: otherTypes(answer.json) }),
      reasons: ['schema'],
      sometimes: true,
    },
    circle(operation),
  ];
}

function once(fault: Fault): Fault {
  let done = false;
  const answer: Fault['answer'] = (request, usual) => {
    if (done) return usual;
    done = true;
    return fault.answer(request, usual);
  };
  return { ...fault, answer };
}

/** What a request is about besides its place in a list; where one address serves every call, the body says it. */
function subjectOf(operation: Operation, { path, query, body }: VendorRequest): string {
  const { call } = partsOf(operation);
  // `groupId` or a filter asks for another list, not for another page.
  const whose = [...query].filter(([name]) => /(?:id|filter)$/i.test(name)).join();
  return call === undefined ? path + whose : path + body.replace(/&Marker=[^&]*|,"NextToken":"[^"]*"/, '');
}

/** Every later page is the first one again, with its word on what comes next. */
function circle(operation: Operation): Fault {
  const first = new Map<string, { query: string; answer: VendorAnswer }>();
  return {
    name: 'the same page again and again',
    answer: (request, answer) => {
      if (answer.status === 304 || !holdsList(answer)) return answer;
      const query = `${request.query.toString()}${request.body}`;
      const subject = subjectOf(operation, request);
      const known = first.get(subject);
      if (known === undefined || known.query === query) {
        first.set(subject, { query, answer });
        return answer;
      }
      return { ...known.answer };
    },
    reasons: ['schema'],
    sometimes: true,
  };
}

/** Only lists have pages. */
function holdsList({ json, text }: VendorAnswer): boolean {
  if (json === undefined) return text !== undefined;
  return Array.isArray(json) || (typeof json === 'object' && json !== null && Object.values(json).some(Array.isArray));
}

function otherTypes(value: unknown): unknown {
  if (Array.isArray(value)) return { list: value.length };
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, otherTypes(each)]));
  }
  if (typeof value === 'string') return { text: true };
  return typeof value === 'number' ? ['number'] : { other: true };
}
