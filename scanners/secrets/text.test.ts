import { describe, expect, test } from 'vitest';
import type { Content, Json } from '../../src/sdk/index.ts';
import { createEngine } from './engine.ts';
import { jwt, pem, seeded } from './samples.ts';

const engine = createEngine();
const sample = seeded(2026);
const key = `${sample.alnum(10)}7${sample.alnum(13)}`;
const password = `Tr0ub4dor&${sample.hex(4)}`;

function inTree(tree: Json, more: Partial<Content> = {}): string[] {
  return engine
    .scan({ place: 'definition', tree, ...more })
    .map((hit) => `${hit.detector} ${hit.at.pointer} ${hit.at.field} ${hit.secret.reveal()}`);
}

function inText(text: string): string[] {
  return engine.scan({ place: 'repository', text }).map((hit) => `${hit.detector} ${hit.secret.reveal()}`);
}

describe('in text', () => {
  test.each([
    [`API_KEY=${key}`],
    [`export ACME_API_KEY="${key}"`],
    [`api_key: ${key}`],
    [`const apiKey: string = '${key}';`],
    [`$apiKey = '${key}';`],
    [`"apiKey" => "${key}",`],
    [`headers["X-API-KEY"] = "${key}"`],
    [`request.setRequestHeader('X-API-KEY', '${key}')`],
    [`deploy --api-key ${key} --now`],
    [`{\\"apiKey\\": \\"${key}\\"}`],
    [`<apiKey>${key}</apiKey>`],
    [`<add key="ApiKey" value="${key}" />`],
    [`- name: API_KEY\n  value: ${key}`],
    [`curl -H "X-API-KEY: ${key}" https://api.acme.example`],
    [`SET ApiKey TO $'''${key}'''`],
    [`Web.Call Url: $'''https://api.acme.example''' ApiKey: $'''${key}''' Response=> Answer`],
    [`api_key = """${key}"""`],
    [`Set(varApiKey, "${key}");; Set(varTitle, "Requests")`],
    [`UpdateContext({locApiKey: "${key}"})`],
  ])('%#: an assignment', (text) => {
    expect(inText(text)).toEqual([`named-secret ${key}`]);
  });

  test('what stands in for a missing variable', () => {
    expect(inText(`PASSWORD=\${DB_PASSWORD:-${key}}`)).toEqual([`named-secret ${key}`]);
    expect(inTree({ environment: { ACME_KEY: `\${API_KEY:-${key}}` } })).toEqual([
      `named-secret /environment/ACME_KEY API_KEY ${key}`,
    ]);
    const token = `glsa_${sample.alnum(32)}_${sample.hex(8)}`;
    expect(inText(`export T="\${T:-${token}}"`)).toEqual([`grafana-token ${token}`]);
    expect(inText(`AZURE_STORAGE_KEY=${sample.alnum(86)}==`)).toHaveLength(1);
  });

  test.each([`cache.Set(apiKey, "${key}")`, `Reset(apiKey, "${key}")`, `Set(varTitle, varApiKey, "${key}")`])(
    'what is kept under a key, or listed, is no assignment: %s',
    (text) => {
      expect(inText(text)).toEqual([]);
    },
  );

  test.each([`SET ApiKey TO $'''%Other%'''`, `SET ApiKey TO Other`, `we set the api key to ${'x'.repeat(4)}`])(
    'what only leads to another variable is none: %s',
    (text) => {
      expect(inText(text)).toEqual([]);
    },
  );

  test('a password that a person made up', () => {
    expect(inText(`password = "${password}"`)).toEqual([`named-secret ${password}`]);
  });

  test('line and column', () => {
    const [hit] = engine.scan({ place: 'repository', path: 'x.env', text: `A=1\n\n  API_KEY=${key}\n` });
    expect(hit?.at).toEqual({ path: 'x.env', line: 3, column: 11, field: 'API_KEY' });
    const [piece] = engine.scan({ place: 'history', line: 41, text: `A=1\n\n  API_KEY=${key}\n` });
    expect(piece?.at).toEqual({ line: 43, column: 11, field: 'API_KEY' });
  });

  test("a JWT says when it was issued and when it ends; Supabase's public key is none", () => {
    const claims = { iss: 'acme', iat: 1_700_000_000, exp: 1_800_000_000 };
    const [hit] = engine.scan({ place: 'repository', text: jwt(sample, claims) });
    expect(hit).toMatchObject({
      detector: 'jwt',
      proof: 'structure',
      issuedAt: 1_700_000_000_000,
      expiresAt: 1_800_000_000_000,
    });
    expect(engine.scan({ place: 'repository', text: jwt(sample, { iss: 'acme' }) })[0]?.expiresAt).toBe('never');
    expect(inText(jwt(sample, { iss: 'supabase', role: 'anon' }))).toEqual([]);
    expect(inTree({ apikey: jwt(sample, { iss: 'supabase', role: 'anon' }) })).toEqual([]);
  });

  test('a shared access signature says until when it is good, unless a stored policy does', () => {
    const sas = (rest: string): string =>
      `https://acme.blob.core.windows.net/c?sv=2023-01-03&${rest}&sig=${sample.alnum(43)}%3D`;
    const expiry = (text: string): unknown => engine.scan({ place: 'repository', text })[0]?.expiresAt;
    expect(expiry(sas('se=2023-10-26T13%3A21%3A31Z&sp=r'))).toBe(Date.UTC(2023, 9, 26, 13, 21, 31));
    expect(expiry(`${sas('sr=c')}&se=2023-11-06T04%3A00%3A00Z&sp=rl`)).toBe(Date.UTC(2023, 10, 6, 4));
    expect(expiry(sas('si=stored-policy'))).toBeUndefined();
  });

  test('a private key is one secret however its line ends are written', () => {
    const block = pem(sample, 'RSA PRIVATE KEY');
    expect(inText(`{"key": "${block.replaceAll('\n', '\\n')}"}`)).toEqual([`private-key ${block}`]);
    expect(inText(`a\n${block}\nb`)).toEqual([`private-key ${block}`]);
    expect(inText(pem(sample, 'CERTIFICATE'))).toEqual([]);
  });
});
