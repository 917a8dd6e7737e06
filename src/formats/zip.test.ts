import { describe, expect, test } from 'vitest';
import { zipOf, type Member } from '../../test/helpers/zip.ts';
import { readDocument } from './document.ts';
import { defaultLimits } from './reading.ts';

const zip = (...members: Member[]): Buffer => zipOf(members);

const good: Member = { name: 'flows/a.json', content: '{"a":1}' };
const paths = (reading: Awaited<ReturnType<typeof readDocument>>): string[] => [
  ...(reading.document?.members?.keys() ?? []),
];

describe('zip archives', () => {
  test('members are documents with their own paths', async () => {
    const reading = await readDocument('out/p.zip', zip(good, { name: 'empty/' }, { name: 'n.txt', content: 'hi' }));
    expect(reading.blind).toEqual([]);
    expect(paths(reading)).toEqual(['flows/a.json', 'n.txt']);
    expect(reading.document?.members?.get('flows/a.json')).toMatchObject({
      path: 'out/p.zip!/flows/a.json',
      tree: { a: 1 },
    });
  });

  test.each([
    '../evil.json',
    'a/../../evil.json',
    '/etc/evil.json',
    'C:/evil.json',
    'c:evil.json',
    'a\\..\\evil.json',
    '\\\\host\\evil.json',
  ])('a member called %s is refused by name, the others are read', async (name) => {
    const reading = await readDocument('p.zip', zip({ name, content: '{}' }, good));
    expect(reading.blind).toMatchObject([
      { subject: `p.zip!/${name.replaceAll('\\', '/')}`, reason: 'unsafe-archive' },
    ]);
    expect(paths(reading)).toEqual(['flows/a.json']);
  });

  test('folders divided by backslashes, as in a canvas app, are folders', async () => {
    const reading = await readDocument('App.msapp', zip({ name: 'Controls\\4.json', content: '{"a":1}' }));
    expect(reading.blind).toEqual([]);
    expect(paths(reading)).toEqual(['Controls/4.json']);
  });

  test.each(['keys.txt/', 'keys.txt\\'])('a file that calls itself a folder, %s, is read', async (name) => {
    const reading = await readDocument('p.zip', zip({ name, content: 'canary' }, { name: 'empty/' }));
    expect([...(reading.document?.members?.values() ?? [])].map(({ text }) => text)).toEqual(['canary']);
  });

  test('zeros behind its end, as in some canvas apps, are no damage; anything else is', async () => {
    const padded = await readDocument('App.msapp', Buffer.concat([zip(good), Buffer.alloc(70_000)]));
    expect([padded.blind, paths(padded)]).toEqual([[], ['flows/a.json']]);
    const more = Buffer.concat([zip(good), Buffer.alloc(70_000), Buffer.from('PK')]);
    expect((await readDocument('App.msapp', more)).blind).toMatchObject([{ reason: 'unreadable' }]);
    const short = await readDocument('App.msapp', zip(good).subarray(0, -4));
    expect(short.blind).toMatchObject([{ reason: 'unreadable' }]);
  });

  test('a bomb is refused, the others are read', async () => {
    const reading = await readDocument(
      'p.zip',
      zip({ name: 'bomb.txt', content: Buffer.alloc(4 * 1024 * 1024) }, good),
    );
    expect(reading.blind).toMatchObject([{ subject: 'p.zip!/bomb.txt', reason: 'unsafe-archive' }]);
    expect(paths(reading)).toEqual(['flows/a.json']);
  });

  test('a member that lies about its size is not unpacked further than it said', async () => {
    const archive = zip({ name: 'liar.txt', content: 'x'.repeat(5000) }, good);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(5000);
    for (let at = archive.indexOf(size); at !== -1; at = archive.indexOf(size)) archive.writeUInt32LE(10, at);
    const reading = await readDocument('p.zip', archive);
    expect(reading.blind).toMatchObject([{ subject: 'p.zip!/liar.txt', reason: 'unreadable' }]);
    expect(paths(reading)).toEqual(['flows/a.json']);
  });

  test('entries, sizes and nesting have limits, and what was left out is said', async () => {
    const limits = {
      ...defaultLimits,
      archive: { ...defaultLimits.archive, entries: 2, entryBytes: 100, totalBytes: 150 },
    };
    const long = { name: 'long.txt', content: 'x'.repeat(101) };
    expect((await readDocument('p.zip', zip(long), limits)).blind).toMatchObject([{ reason: 'too-large' }]);
    const many = await readDocument(
      'p.zip',
      zip(good, { ...good, name: 'b.json' }, { ...good, name: 'c.json' }),
      limits,
    );
    expect(paths(many)).toEqual(['flows/a.json', 'b.json']);
    expect(many.blind).toMatchObject([{ subject: 'p.zip', reason: 'too-large' }]);
    const total = await readDocument(
      'p.zip',
      zip({ name: '1', content: 'x'.repeat(90) }, { name: '2', content: 'y'.repeat(90) }),
      limits,
    );
    expect(paths(total)).toEqual(['1']);
    expect(total.blind).toMatchObject([{ subject: 'p.zip!/2', reason: 'too-large' }]);
  });

  test('one archive in another is opened, a third is not', async () => {
    const inner = zip(good, { name: 'third.zip', content: zip(good) });
    const reading = await readDocument('p.zip', zip({ name: 'inner.zip', content: inner }));
    const nested = reading.document?.members?.get('inner.zip');
    expect([...(nested?.members?.values() ?? [])].map((each) => each.path)).toEqual(['p.zip!/inner.zip!/flows/a.json']);
    expect(reading.blind).toMatchObject([{ subject: 'p.zip!/inner.zip!/third.zip', reason: 'not-supported' }]);
  });

  test('encrypted members, links, repeated names, damage and office files', async () => {
    const reading = await readDocument(
      'p.zip',
      zip({ name: 's', content: 'x', encrypted: true }, { name: 'l', content: '/etc', link: true }, good, good),
    );
    expect(reading.blind.map((each) => [each.subject, each.reason, each.expected])).toEqual([
      ['p.zip!/s', 'encrypted', undefined],
      ['p.zip!/l', 'not-supported', 'expected'],
      ['p.zip!/flows/a.json', 'unsafe-archive', undefined],
    ]);
    const whole = zip(good);
    for (const length of [10, 40, whole.length - 10]) {
      expect((await readDocument('p.zip', whole.subarray(0, length))).blind).toMatchObject([
        { subject: 'p.zip', reason: 'unreadable' },
      ]);
    }
    expect((await readDocument('report.docx', zip(good))).blind).toMatchObject([
      { reason: 'not-supported', expected: 'expected' },
    ]);
  });
});
