import { createEngine } from '../../scanners/secrets/engine.ts';
import { nursery } from './canaries.ts';
import type { VendorAnswer, VendorRequest } from './vendor.ts';

const engine = createEngine();
const grown = nursery(20_261_121);

/** A secret that gives itself away wherever it stands. */
export const recognisable = grown.known(
  'answers',
  ({ secret }) => /^\w{30,60}$/.test(secret) && engine.redact(secret) !== secret,
).secret;
/** A value that nothing can tell from a name. */
export const opaque = grown.unknown('answers');

type Plant = (request: VendorRequest, answer: VendorAnswer) => VendorAnswer;

/** Ways to spoil an answer: a secret instead of every text, behind every text, and in fields that nobody declared. */
export const planted: readonly Plant[] = [
  eachString(() => recognisable),
  eachString((text) => `${text} ${recognisable}`),
  (_, answer) => (answer.json === undefined ? answer : { ...answer, json: withField(answer.json) }),
];

function eachString(change: (text: string) => string): Plant {
  return (_, answer) => (answer.json === undefined ? answer : { ...answer, json: mapStrings(answer.json, change) });
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => mapStrings(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapStrings(each, change)]));
}

function withField(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withField);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([key, each]): [string, unknown] => [key, withField(each)]);
  return Object.fromEntries([
    ...inner,
    ['undeclaredSecret', opaque],
    ['value', value && 'value' in value ? inner.find(([key]) => key === 'value')?.[1] : opaque],
  ]);
}
