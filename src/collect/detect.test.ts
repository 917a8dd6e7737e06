import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectPorts } from '../../test/helpers/collecting.ts';
import {
  endpoint,
  credential,
  link,
  onlyWithMatches,
  Secret,
  reference,
  workflow,
  type Content,
  type Item,
} from '../sdk/index.ts';
import { detector } from './detect.ts';
import { mask } from './mask.ts';

const ports = collectPorts();
const detect = (item: Item, using = ports) => detector(using)([item]);
const flow = (more: Partial<Parameters<typeof workflow>[0]> = {}): Item =>
  workflow({
    id: 'w',
    name: 'Flow',
    platform: 'n8n',
    state: 'active',
    graph: { steps: [], edges: [], triggers: [] },
    ...more,
  });
const content = (more: Partial<Content>): Content => ({ place: 'definition', path: 'flow.json', ...more });
const secret = 'canary-abcdefghijklmnopqrst';

describe('detection', () => {
  test('leaves a record without secrets as it is', () => {
    const item = flow({ contents: [content({ text: 'nothing here' })] });
    expect(detect(item)).toEqual([{ record: item.record }]);
    expect(detect(reference(item))).toEqual([{ record: item.record, reference: true }]);
  });

  test('drops what is only worth a record with a secret in it', () => {
    expect(detect(onlyWithMatches(flow({ contents: [content({ text: 'nothing' })] })))).toEqual([]);
    expect(detect(onlyWithMatches(flow({ contents: [content({ text: secret })] })))).toHaveLength(2);
  });

  test('turns secrets into matches and one credential each, which the record uses', () => {
    const other = 'canary-other';
    const text = `{\n  "a": "${secret}",\n  "b": "${secret}",\n  "c": "${other}"\n}`;
    const tree = { a: secret, b: secret, c: other };
    const [found, ...credentials] = detect(flow({ contents: [content({ text, tree })] }));
    expect(found?.record.matches?.map(({ at, masked }) => [at, masked])).toEqual([
      [{ path: 'flow.json', pointer: '/a', field: 'a', line: 2, column: 9 }, '••••qrst'],
      [{ path: 'flow.json', pointer: '/b', field: 'b', line: 3, column: 9 }, '••••qrst'],
      [{ path: 'flow.json', pointer: '/c', field: 'c', line: 4, column: 9 }, '••••'],
    ]);
    expect(
      credentials.map(({ record, reference }) => [record.id.startsWith('found:'), record.name, reference]),
    ).toEqual([
      [true, 'Canary ••••qrst', true],
      [true, 'Canary ••••', true],
    ]);
    expect(credentials[0]?.record).toMatchObject({
      kind: 'credential',
      type: 'api-key',
      status: 'unknown',
      store: 'literal',
    });
    expect(found?.record.links).toEqual(credentials.map(({ record }) => link('uses', 'credential', record.id)));
  });

  test('what a platform lists and what lies in a text are one thing, and the value is gone from both', () => {
    const listed = credential({
      id: 'k1',
      name: 'Key',
      type: 'access-key',
      status: 'active',
      writtenDown: new Secret(secret),
    });
    const [known] = detect(listed);
    const [, found] = detect(flow({ contents: [content({ text: secret })] }));
    expect(known?.record.knownAs).toEqual([expect.stringMatching(/^secret:./)]);
    expect(found?.record.knownAs).toEqual(known?.record.knownAs);
    expect(JSON.stringify([known, found])).not.toContain(secret);
  });

  test('who sends to an address and who answers there carry the same name, and neither the address', () => {
    const at = {
      type: 'webhook',
      authentication: 'none',
      addresses: [new Secret(secret), new Secret(secret)],
    } as const;
    const [sends] = detect(endpoint({ ...at, id: 'e1', name: 'Sends', direction: 'outbound' }));
    const [answers] = detect(
      endpoint({ ...at, id: 'e2', name: 'Answers', direction: 'inbound', knownAs: ['other:1'] }),
    );
    const name = `address:${ports.fingerprint(new Secret(secret))}`;
    expect(sends?.record).toMatchObject({ calls: [name] });
    expect(sends?.record).not.toHaveProperty('knownAs');
    expect(answers?.record).toMatchObject({ knownAs: ['other:1', name] });
    expect(answers?.record).not.toHaveProperty('calls');
    expect(JSON.stringify([sends, answers])).not.toContain(secret);
  });

  test('finds a line where JSON spells the value in another way', () => {
    const odd = {
      ...ports,
      engine: { ...ports.engine, scan: () => ports.engine.scan(content({ tree: { a: secret } })).map((hit) => hit) },
    };
    const [found] = detect(flow({ contents: [content({ text: `first\n"${secret}"`, tree: {} })] }), odd);
    expect(found?.record.matches?.[0]?.at).toMatchObject({ line: 2, column: 2 });
  });

  test('notices secrets in the record itself: a name, a tag, a step', () => {
    const [found] = detect(flow({ name: `Sync with ${secret}`, tags: [secret] }));
    expect(found?.record.name).toBe('Sync with ••••qrst');
    expect(found?.record.matches?.map(({ place, at }) => [place, at])).toEqual([
      ['configuration', { field: 'name' }],
      ['configuration', { field: 'tags' }],
    ]);
  });

  test('a credential export is told apart from a literal', () => {
    const [, exported] = detect(flow({ contents: [content({ place: 'credential-export', text: secret })] }));
    expect(exported?.record).toMatchObject({ store: 'export' });
  });

  test('leaves no trace of a value in any text, key or id', () => {
    const anywhere = fc.array(fc.constantFrom('id', 'name', 'url', 'tags', 'step', 'link', 'key', 'path'), {
      minLength: 1,
    });
    fc.assert(
      fc.property(anywhere, fc.stringMatching(/^[a-z0-9]{8,30}$/), (places, tail) => {
        const value = `canary-${tail}`;
        const at = (place: (typeof places)[number]): string => (places.includes(place) ? `x ${value} y` : 'x');
        const step = { id: 's', label: at('step'), connector: 'c' };
        const item = flow({
          id: at('id'),
          name: at('name'),
          url: at('url'),
          tags: [at('tags')],
          at: { path: at('path') },
          graph: { steps: [step], edges: [], triggers: [] },
          links: [link('uses', 'connection', at('link'))],
          gaps: { [at('key')]: 'denied' },
          contents: [content({ path: at('path'), text: value })],
        });
        expect(JSON.stringify(detect(item))).not.toContain(value);
      }),
    );
  });
});

describe('a mask', () => {
  test('hides a short secret whole, and of a long one all but prefix and tail', () => {
    expect(mask('short-secret-19-cha')).toBe('••••');
    expect(mask(`ghp_${'x'.repeat(32)}abcd`)).toBe('ghp_••••abcd');
    expect(mask('correct-horse-battery-staple')).toBe('••••aple');
  });

  test('never shows more than a third of a secret', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 20 }), (value) => {
        expect(mask(value).replace('••••', '').length).toBeLessThanOrEqual(value.length - 12);
      }),
    );
  });
});
