import { afterEach, describe, expect, test } from 'vitest';
import { aChannel, MONDAY, office, type Office } from '../../../test/helpers/notify.ts';
import type { Coverage } from '../../core/coverage.ts';
import { DAY, HOUR } from '../../core/time.ts';

let here: Office | undefined;
afterEach(async () => {
  await here?.close();
  here = undefined;
});

async function withChannel(settings: { [key: string]: unknown } = {}): Promise<Office> {
  here = await office([aChannel(settings)]);
  return here;
}

function stream(name: string, outcome: Coverage['outcome']): Coverage {
  return { source: 'n8n:x', stream: name, outcome, items: 0, quarantined: 0 };
}

describe('what is new', () => {
  test('is told once', async () => {
    const { scan } = await withChannel();
    expect(await scan(MONDAY, { findings: { a: 'high', b: 'critical' } })).toEqual(['channel: 2 new (b, a)']);
    expect(await scan(MONDAY + 1, { findings: { a: 'high', b: 'critical' } })).toEqual([]);
    expect(await scan(MONDAY + 2, { findings: { a: 'high', b: 'critical', c: 'low' } })).toEqual([
      'channel: 1 new (c)',
    ]);
  });

  test('leaves out what was open before the channel was there', async () => {
    const { store, scan } = await withChannel();
    const before = await office([], { store });
    await before.scan(MONDAY, { findings: { old: 'high' } });
    expect(await scan(MONDAY + 1, { findings: { old: 'high', young: 'high' } })).toEqual(['channel: 1 new (young)']);
  });

  test('is told again when it is open again', async () => {
    const { scan, sent } = await withChannel();
    await scan(MONDAY, { findings: { a: 'high' } });
    expect(await scan(MONDAY + 1, {})).toEqual([]);
    expect(await scan(MONDAY + 2, { findings: { a: 'high' } })).toEqual(['channel: 1 new (a)']);
    expect(sent.at(-1)?.sections[0]?.items[0]?.title).toBe('Anybody can start it (once more)');
  });

  test('has to be grave enough, and a rise makes it so', async () => {
    const { scan } = await withChannel({ minSeverity: 'high' });
    expect(await scan(MONDAY, { findings: { a: 'medium' } })).toEqual([]);
    expect(await scan(MONDAY + 1, { findings: { a: 'high' } })).toEqual(['channel: 1 new (a)']);
    expect(await scan(MONDAY + 2, { findings: { a: 'high' } })).toEqual([]);
  });

  test('names the five worst and counts the rest', async () => {
    const { scan, sent } = await withChannel();
    const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, at) => [`f${at}`, 'low' as const]));
    await scan(MONDAY, { findings: { ...many, worst: 'critical', bad: 'high' } });
    const [section] = sent[0]?.sections ?? [];
    expect([section?.total, section?.items.length]).toEqual([1_202, 5]);
    expect(section?.items.slice(0, 2).map(({ severity }) => severity)).toEqual(['critical', 'high']);
    expect(await scan(MONDAY + 1, { findings: { ...many, worst: 'critical', bad: 'high' } })).toEqual([]);
  });
});

describe('what is worse', () => {
  test('is told at every rise, and not as new', async () => {
    const { scan } = await withChannel();
    await scan(MONDAY, { findings: { a: 'low' } });
    expect(await scan(MONDAY + 1, { findings: { a: 'medium' } })).toEqual(['channel: 1 worse (a)']);
    expect(await scan(MONDAY + 2, { findings: { a: 'medium' } })).toEqual([]);
    await scan(MONDAY + 3, { findings: { a: 'low' } });
    expect(await scan(MONDAY + 4, { findings: { a: 'medium' } })).toEqual(['channel: 1 worse (a)']);
  });

  test('begins with the worst, whichever was seen first', async () => {
    const { scan } = await withChannel();
    await scan(MONDAY, { findings: { a: 'low', b: 'low', c: 'low' } });
    expect(await scan(MONDAY + 1, { findings: { a: 'medium', b: 'critical', c: 'high' } })).toEqual([
      'channel: 3 worse (b, c, a)',
    ]);
  });

  test('is told to a channel that does not hear of new ones', async () => {
    const { scan } = await withChannel({ when: ['worse'] });
    expect(await scan(MONDAY, { findings: { a: 'low' } })).toEqual([]);
    expect(await scan(MONDAY + 1, { findings: { a: 'high' } })).toEqual(['channel: 1 worse (a)']);
  });
});

describe('what is overdue', () => {
  test('is told when its time has passed, and again after as much time', async () => {
    const { scan } = await withChannel({ when: ['overdue'] });
    const findings = { a: 'critical' as const };
    const days: number[] = [];
    for (let day = 0; day <= 22; day += 1) {
      const told = await scan(MONDAY + day * DAY + HOUR * Number(day > 0), { findings });
      if (told.length > 0) days.push(day);
    }
    expect(days).toEqual([7, 14, 21]);
  });

  test('is not told of what people have accepted', async () => {
    const { scan, store } = await withChannel({ when: ['overdue'] });
    await scan(MONDAY, { findings: { a: 'critical' } });
    for await (const [finding] of store.findings.list({})) {
      if (finding === undefined) continue;
      const until = MONDAY + 90 * DAY;
      await store.findings.apply(finding.id, { ...finding, disposition: 'accepted', dispositionUntil: until }, []);
    }
    expect(await scan(MONDAY + 30 * DAY, { findings: { a: 'critical' } })).toEqual([]);
  });
});

describe('what could not be read', () => {
  test('is told once, and again when it has been read in between', async () => {
    const { scan, sent } = await withChannel();
    const blind = { coverage: [stream('users', 'failed'), stream('workflows', 'complete')] };
    expect(await scan(MONDAY, blind)).toEqual(['channel: 1 blind (n8n:x)']);
    expect(await scan(MONDAY + 1, blind)).toEqual([]);
    expect(await scan(MONDAY + 2, { coverage: [stream('users', 'complete')] })).toEqual([]);
    expect(await scan(MONDAY + 3, blind)).toEqual(['channel: 1 blind (n8n:x)']);
    // A receiver that drops repetitions must not drop this one.
    expect(sent[1]?.id).not.toBe(sent[0]?.id);
  });

  const refused = (names: readonly string[]) =>
    names.map((name) => ({
      ...stream(name, 'failed'),
      reason: 'auth' as const,
      detail: `GET /v1/${name} answered 401: the credential is not accepted`,
    }));
  const areas = Array.from({ length: 12 }, (_, at) => `area-${at}`);

  test('for one cause is told in one line, whatever was asked', async () => {
    const { scan, sent } = await withChannel();
    const other = { ...stream('files', 'partial'), detail: '3 things could not be read' };
    expect(await scan(MONDAY, { coverage: [...refused(areas), other] })).toEqual(['channel: 2 blind (n8n:x, n8n:x)']);
    const [whole, part] = sent[0]?.sections[0]?.items ?? [];
    expect(whole).toMatchObject({
      title: '12 streams: failed (auth)',
      where: 'n8n:x',
      todo: 'answered 401: the credential is not accepted. Next: renew the credential, and let rollcall doctor try it.',
      streams: areas.toSorted(),
    });
    expect(part).toEqual({
      fact: 'blind/n8n:x/files',
      title: 'files: partial',
      where: 'n8n:x',
      todo: '3 things could not be read',
    });
    expect(await scan(MONDAY + 1, { coverage: [...refused(areas), other] })).toEqual([]);
  });

  test('names the streams where they are few', async () => {
    const { scan, sent } = await withChannel();
    await scan(MONDAY, { coverage: refused(['flows', 'users']) });
    expect(sent[0]?.sections[0]?.items[0]?.title).toBe('flows, users: failed (auth)');
  });

  test('for two causes, or in two sources, is told in two', async () => {
    const { scan } = await withChannel();
    const elsewhere = refused(['users']).map((each) => ({ ...each, source: 'make:y' }));
    const slow = { ...stream('runs', 'failed'), reason: 'transient' as const };
    const coverage = [...refused(['flows', 'users']), slow, ...elsewhere];
    expect(await scan(MONDAY, { coverage })).toEqual(['channel: 3 blind (make:y, n8n:x, n8n:x)']);
  });

  test('tells of a stream that joins alone, and of everything once it was over', async () => {
    const { scan, sent } = await withChannel();
    const titles = () => sent.at(-1)?.sections[0]?.items.map(({ title }) => title);
    await scan(MONDAY, { coverage: refused(areas) });
    expect(await scan(MONDAY + 1, { coverage: refused([...areas, 'late']) })).toHaveLength(1);
    expect(titles()).toEqual(['late: failed (auth)']);
    expect(await scan(MONDAY + 2, { coverage: refused([...areas, 'late']) })).toEqual([]);
    await scan(MONDAY + 3, { coverage: [...areas, 'late'].map((name) => stream(name, 'complete')) });
    expect(await scan(MONDAY + 4, { coverage: refused([...areas, 'late']) })).toHaveLength(1);
    expect(titles()).toEqual(['13 streams: failed (auth)']);
    const facts = sent.map(({ sections }) => sections[0]?.items[0]?.fact);
    expect(new Set(facts).size).toBe(3);
  });

  test('while people are told is told the next time', async () => {
    const { scan, answer, store } = await withChannel();
    const later = async (): Promise<void> => {
      const run = await store.runs.start({ policy: 'house@1', version: '1', at: MONDAY + 1 });
      await store.coverage.put(run.id, refused(['flows', 'users']), []);
    };
    let ended: Promise<void> | undefined;
    answer(() => ((ended ??= later()), { done: true }));
    expect(await scan(MONDAY, { coverage: refused(['users']) })).toHaveLength(1);
    await ended;
    expect(await scan(MONDAY + 2, { coverage: refused(['flows', 'users']) })).toHaveLength(1);
  });

  test('is not what no interface lists, or was switched off', async () => {
    const { scan } = await withChannel();
    const standing = (['not-supported', 'not-licensed', 'disabled'] as const).map((reason) => ({
      ...stream(reason, 'skipped'),
      reason,
    }));
    expect(await scan(MONDAY, { coverage: standing })).toEqual([]);
  });

  test('counts while other sources are scanned', async () => {
    const { scan } = await withChannel({ digest: 'daily' });
    await scan(MONDAY, { findings: { a: 'high' } });
    await scan(MONDAY + 1, { coverage: [stream('users', 'skipped')] });
    const other = { source: 'people:x', stream: 'people', outcome: 'complete' as const, items: 1, quarantined: 0 };
    expect(await scan(MONDAY + DAY, { coverage: [other] })).toEqual(['channel: 1 blind (n8n:x)']);
  });

  test('is not told a second time as a finding', async () => {
    const unread = {
      severity: 'high' as const,
      subject: { source: 'n8n:x', kind: 'stream' as const, id: 'users', name: 'users' },
    };
    const seen = { findings: { x: unread }, coverage: [stream('users', 'failed')] };
    expect(await (await withChannel()).scan(MONDAY, seen)).toEqual(['channel: 1 blind (n8n:x)']);
    await here?.close();
    expect(await (await withChannel({ when: ['new'] })).scan(MONDAY, seen)).toEqual(['channel: 1 new (users)']);
  });
});

describe('what is forgotten', () => {
  const everything = { runs: 1e15, events: 1e15, gone: 1e15 };

  test('of what is over makes nothing be told twice', async () => {
    const { scan, store } = await withChannel();
    const rise = { findings: { a: 'high', b: 'low' }, coverage: [stream('users', 'failed')] } as const;
    await scan(MONDAY, { ...rise, findings: { a: 'low', b: 'low' } });
    expect(await scan(MONDAY + 1, rise)).toEqual(['channel: 1 worse (a)']);
    await store.retention.prune(everything);
    expect(await scan(MONDAY + 2, rise)).toEqual([]);
    await scan(MONDAY + 3, { findings: { b: 'low' } });
    expect(await store.retention.prune(everything)).toMatchObject({ told: 2 });
    expect(await scan(MONDAY + 4, { findings: { a: 'high', b: 'low' } })).toEqual(['channel: 1 new (a)']);
    expect(await scan(MONDAY + 5, { findings: { a: 'high', b: 'low' } })).toEqual([]);
  });

  test('leaves an old rise no news to a channel that hears of nothing else', async () => {
    const { scan, store } = await withChannel({ when: ['worse'] });
    await scan(MONDAY, { findings: { a: 'low' } });
    expect(await scan(MONDAY + 1, { findings: { a: 'high' } })).toEqual(['channel: 1 worse (a)']);
    await scan(MONDAY + 2, {});
    await store.retention.prune(everything);
    expect(await scan(MONDAY + 3, { findings: { a: 'high' } })).toEqual([]);
  });
});

describe('a digest', () => {
  test('by day comes with the first scan of a day that has something to tell', async () => {
    const { scan } = await withChannel({ digest: 'daily' });
    expect(await scan(MONDAY, {})).toEqual([]);
    expect(await scan(MONDAY + HOUR, { findings: { a: 'high' } })).toEqual(['channel: 1 new (a)']);
    expect(await scan(MONDAY + 2 * HOUR, { findings: { a: 'high', b: 'high' } })).toEqual([]);
    const next = { findings: { a: 'high', b: 'high', c: 'high' } as const };
    expect(await scan(MONDAY + DAY - HOUR, next)).toEqual(['channel: 2 new (b, c)']);
  });

  test('by week waits for Monday, and leaves out what was mended meanwhile', async () => {
    const { scan } = await withChannel({ digest: 'weekly' });
    await scan(MONDAY + DAY, { findings: { a: 'high' } });
    expect(await scan(MONDAY + 3 * DAY, { findings: { a: 'high', b: 'high', c: 'high' } })).toEqual([]);
    expect(await scan(MONDAY + 6 * DAY + 17 * HOUR, { findings: { a: 'high', b: 'high', c: 'high' } })).toEqual([]);
    expect(await scan(MONDAY + 7 * DAY, { findings: { a: 'high', c: 'high' } })).toEqual(['channel: 1 new (c)']);
  });
});

describe('what does not arrive', () => {
  test('is said, never thrown, and told after the next scan under the same id', async () => {
    const { scan, answer, warnings, sent } = await withChannel();
    const ids: string[] = [];
    answer(({ id }) => (ids.push(id), { done: false, because: 'the receiver is in trouble (500)' }));
    expect(await scan(MONDAY, { findings: { a: 'high' } })).toEqual([]);
    expect(warnings).toEqual([
      'channel team: not told, because the receiver is in trouble (500); the next scan tries again',
    ]);
    await scan(MONDAY + 1, { findings: { a: 'high' } });
    answer(() => ({ done: true }));
    expect(await scan(MONDAY + 2, { findings: { a: 'high' } })).toEqual(['channel: 1 new (a)']);
    expect(new Set([...ids, sent[0]?.id]).size).toBe(1);
    await scan(MONDAY + 3, {});
    await scan(MONDAY + 4, { findings: { a: 'high' } });
    expect(sent[1]?.id).not.toBe(sent[0]?.id);
  });

  test('on one channel is no matter of another', async () => {
    here = await office([aChannel({ id: 'broken' }), aChannel({ id: 'sound' })]);
    here.answer(({ channel }) => (channel === 'broken' ? { done: false, because: 'x' } : { done: true }));
    expect(await here.scan(MONDAY, { findings: { a: 'high' } })).toHaveLength(1);
    here.answer(() => ({ done: true }));
    await here.scan(MONDAY + 1, { findings: { a: 'high' } });
    expect(here.sent.map(({ channel }) => channel)).toEqual(['sound', 'broken']);
  });

  test('because of a fault is said without its words', async () => {
    const { scan, answer, warnings } = await withChannel();
    answer(() => {
      throw new TypeError('with something in it');
    });
    await scan(MONDAY, { findings: { a: 'high' } });
    expect(warnings).toEqual([
      'nothing was told on team, because of a fault in this program; the next scan tries again',
    ]);
  });
});

describe('beforehand', () => {
  test('a preview says what would be sent, and remembers nothing', async () => {
    const { scan, told, answer, sent } = await withChannel({ digest: 'daily' });
    answer(() => ({ done: false, because: 'x' }));
    await scan(MONDAY, { findings: { a: 'high' } });
    for (let twice = 0; twice < 2; twice += 1) {
      const [only] = await told.preview(MONDAY + 1);
      expect([only?.digest.sections[0]?.total, only?.waits]).toEqual([1, false]);
    }
    answer(() => ({ done: true }));
    await scan(MONDAY + 2, { findings: { a: 'high' } });
    await scan(MONDAY + 3, { findings: { a: 'high', b: 'high' } });
    expect((await told.preview(MONDAY + 4)).map(({ waits }) => waits)).toEqual([true]);
    expect(sent).toHaveLength(1);
  });

  test('a test message says that it is one, or why it did not arrive', async () => {
    const { told, sent, answer } = await withChannel();
    await told.test('team', MONDAY);
    expect(sent[0]?.sections).toEqual([]);
    await expect(told.test('nobody', MONDAY)).rejects.toThrow('there is no channel "nobody"; there are: team');
    answer(() => ({ done: false, because: 'nobody receives at that address (404)' }));
    await expect(told.test('team', MONDAY)).rejects.toThrow('channel team: nobody receives at that address (404)');
  });
});
