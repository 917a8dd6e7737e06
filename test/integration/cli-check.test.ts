import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scannedAcme } from '../helpers/acme.ts';
import { nursery } from '../helpers/canaries.ts';
import { rollcall } from '../helpers/run-cli.ts';

const acme = scannedAcme();

describe('check, the promotion gate', () => {
  const flow = 'acme/exports/finance/n8n/invoice-approval.json';

  test('is shut for a build with a literal secret and an open trigger, and says what to do', async () => {
    const { code, out } = await rollcall(acme.folder(), ['check', flow]);
    expect(code).toBe(1);
    expect(out).toContain('✗ no       No literal secret');
    expect(out).toContain('Look up supplier');
    expect(out, 'the path that was typed').toContain(`${flow}:`);
    expect(out).toContain('Must not go live yet.');
  });

  test('opens for a clean build; strict policy asks for every answer', async () => {
    const clean = join(acme.folder(), 'clean.json');
    writeFileSync(
      clean,
      JSON.stringify({
        id: 'w',
        name: 'Nightly report',
        active: true,
        settings: { saveDataSuccessExecution: 'all', saveDataErrorExecution: 'all' },
        shared: [{ role: 'workflow:owner', project: { name: 'Priya Nair <priya.nair@acme.example>' } }],
        nodes: [{ id: '1', name: 'Nightly', type: 'n8n-nodes-base.scheduleTrigger', parameters: {} }],
        connections: {},
      }),
    );
    const open = await rollcall(acme.folder(), ['check', clean, '--people', 'acme/people.csv']);
    expect([open.code, open.out]).toEqual([0, expect.stringContaining('May go live.') as string]);
    expect(open.out).toContain('✓ yes      Identity known');
    const unclear = open.out.split('\n').filter((line) => line.startsWith('? unclear')).length;
    expect(unclear).toBeGreaterThan(0);
    expect(open.out).toContain(`Unclear: ${unclear} of 7 questions. This policy lets that pass`);
    const configured = await rollcall(acme.folder(), ['check', clean, '--config', 'acme/rollcall.yaml']);
    expect(configured.out).toContain('✓ yes      Identity known');
    const members = join(acme.folder(), 'members.csv');
    // No list that is known for one of people by its headings: it is named, and that counts.
    writeFileSync(
      members,
      'username,email,status,has-2fa,fullname\npriya,priya.nair@acme.example,Deactivated,0,Priya Nair\n',
    );
    const left = await rollcall(acme.folder(), ['check', clean, '--people', 'members.csv']);
    expect(left.out).not.toContain('✓ yes      Identity known');
    const strict = await rollcall(acme.folder(), ['check', clean, '--people', 'acme/people.csv', '--policy', 'strict']);
    expect(strict.code).toBe(1);
  });

  test('does not say yes to a question whose checks the policy has disabled', async () => {
    const lax = join(acme.folder(), 'lax.yaml');
    writeFileSync(lax, 'id: lax\ntitle: Lax\nversion: 1\nextends: baseline\nchecks: { disabled: [WFL-03] }\n');
    const { out } = await rollcall(acme.folder(), ['check', flow, '--policy', lax, '--format', 'json']);
    const { answers } = JSON.parse(out) as { answers: { question: string }[] };
    expect(answers.find(({ question }) => question === 'logging')).toMatchObject({
      answer: 'unknown',
      because: ['the policy has it disabled'],
    });
  });

  test('says yes to approved connectors only where somebody has approved some', async () => {
    const approving = join(acme.folder(), 'approving.yaml');
    writeFileSync(
      approving,
      'id: approving\ntitle: Approving\nversion: 1\nextends: baseline\nconnectors: { approved: ["n8n-nodes-base.*"] }\n',
    );
    const answer = async (...args: string[]): Promise<unknown> => {
      const { out } = await rollcall(acme.folder(), ['check', flow, '--format', 'json', ...args]);
      const { answers } = JSON.parse(out) as { answers: { question: string }[] };
      return answers.find(({ question }) => question === 'connectors');
    };
    expect(await answer()).toMatchObject({
      answer: 'unknown',
      because: ['The policy does not say which connectors are approved.'],
    });
    expect(await answer('--policy', approving)).toMatchObject({ answer: 'pass' });
  });

  test('says nothing of what there is nothing of: a file with a secret is no workflow that is logged and owned', async () => {
    const notes = join(acme.folder(), 'script.js');
    const key = nursery(7).known('a script', ({ detector }) => detector === 'github-token');
    writeFileSync(notes, `const token = '${key.text}';\n`);
    const { code, out } = await rollcall(acme.folder(), ['check', notes, '--format', 'json']);
    expect(code).toBe(1);
    const { answers } = JSON.parse(out) as { answers: { question: string; answer: string }[] };
    const said = Object.fromEntries(answers.map(({ question, answer }) => [question, answer]));
    expect(said).toMatchObject({ secrets: 'fail', identity: 'not-applicable', logging: 'not-applicable' });
    const text = await rollcall(acme.folder(), ['check', notes]);
    expect(text.out).toContain('– n/a      Logging on: runs leave a trace');
  });

  test('asks of what is switched off today how it will be when it runs, and where', async () => {
    const draft = join(acme.folder(), 'draft.json');
    const hook = { id: '1', name: 'Hook', type: 'n8n-nodes-base.webhook', parameters: { authentication: 'none' } };
    writeFileSync(draft, JSON.stringify({ id: 'w', name: 'Intake', active: false, nodes: [hook], connections: {} }));
    const severities = async (...args: string[]): Promise<Record<string, string>> => {
      const { code, out } = await rollcall(acme.folder(), ['check', draft, '--format', 'json', ...args]);
      expect(code).toBe(1);
      const { answers } = JSON.parse(out) as {
        answers: { question: string; answer: string; findings: { check: string; severity: string }[] }[];
      };
      expect(answers.filter(({ answer }) => answer === 'fail').map(({ question }) => question)).toEqual([
        'identity',
        'exposure',
      ]);
      // All of it was read, and there is no secret in it.
      expect(answers.find(({ question }) => question === 'secrets')).toMatchObject({ answer: 'pass', because: [] });
      return Object.fromEntries(answers.flatMap(({ findings }) => findings.map((each) => [each.check, each.severity])));
    };
    expect(await severities()).toMatchObject({ 'OWN-01': 'high', 'AUT-02': 'critical' });
    expect(await severities('--environment', 'test')).toMatchObject({ 'OWN-01': 'medium', 'AUT-02': 'high' });
  });

  test.each([
    ['cut short', '{"id":"w","nodes":[{"id":"1","type":"n8n-nodes-base.code","par', 'unread'],
    ['of no known format', 'Dear all, the approval flow is attached.', 'unrecognised'],
  ])('stays shut for a file that is %s: unknown is never pass', async (_, content, verdict) => {
    const unseen = join(acme.folder(), verdict === 'unread' ? 'cut.json' : 'letter.txt');
    writeFileSync(unseen, content);
    const { code, out } = await rollcall(acme.folder(), ['check', unseen, '--people', 'acme/people.csv']);
    expect([code, out]).toEqual([3, expect.stringContaining('Cannot say: ') as string]);
    expect(out).not.toContain('May go live');
    const answered = JSON.parse((await rollcall(acme.folder(), ['check', unseen, '--format', 'json'])).out) as object;
    expect(answered).toMatchObject({ pass: false, verdict });
  });

  test('answers in JSON and SARIF, and leaves nothing behind', async () => {
    const answered = JSON.parse((await rollcall(acme.folder(), ['check', flow, '--format', 'json'])).out) as {
      pass: boolean;
      answers: { question: string; answer: string }[];
    };
    expect(answered.pass).toBe(false);
    expect(answered.answers.find(({ question }) => question === 'secrets')?.answer).toBe('fail');
    const sarif = JSON.parse((await rollcall(acme.folder(), ['check', flow, '--format', 'sarif'])).out) as {
      version: string;
      runs: { results: unknown[] }[];
    };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(0);
  });

  test('names what shuts it although no question asks for it', async () => {
    const grave = join(acme.folder(), 'grave.yaml');
    writeFileSync(
      grave,
      'id: grave\ntitle: Grave\nversion: 1\nextends: baseline\ngate: { failOn: low, answerNoFrom: critical }\n',
    );
    const text = await rollcall(acme.folder(), ['check', 'acme/exports/sales', '--policy', grave]);
    expect([text.code, text.out]).toEqual([
      1,
      expect.stringContaining('✗ no       Nothing else that is grave') as string,
    ]);
    const { out } = await rollcall(acme.folder(), [
      'check',
      'acme/exports/sales',
      '--policy',
      grave,
      '--format',
      'json',
    ]);
    const { besides } = JSON.parse(out) as { besides: { title: string }[] };
    expect(besides.length).toBeGreaterThan(0);
    expect(text.out).toContain(besides[0]?.title);
  });

  test('says what could not be read and why, whatever the policy; what was read and not recognised is no gap', async () => {
    writeFileSync(join(acme.folder(), 'cut.json'), '{"id":"w","nodes":[{"id":"1"');
    for (const policy of ['baseline', 'strict']) {
      const { code, out } = await rollcall(acme.folder(), ['check', 'cut.json', '--policy', policy]);
      expect([code, out]).toEqual([3, expect.stringContaining('cut.json: It is not valid JSON at line') as string]);
    }
    writeFileSync(join(acme.folder(), 'letter.txt'), 'Dear all, the approval flow is attached.');
    const letter = await rollcall(acme.folder(), ['check', 'letter.txt']);
    expect(letter.out).toContain('nothing was recognised that it could be asked about');
    expect(letter.out).not.toContain('not everything could be read');
  });

  test.each([
    [['check', ''], /path is empty: is the variable that it comes from set\?/],
    [['check', flow, '--people', 'nobody.csv'], /nobody\.csv: no such file/],
  ])('%j is a wrong command, not a shut gate', async (argv, message) => {
    const { code, out, err } = await rollcall(acme.folder(), argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  interface Sarif {
    runs: {
      invocations: { toolExecutionNotifications: { level: string; message: { text: string } }[] }[];
      results: {
        partialFingerprints: { [name: string]: string };
        locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
      }[];
    }[];
  }
  const sarifOf = async (cwd: string, ...argv: string[]): Promise<Sarif['runs'][number]> => {
    const [run] = (JSON.parse((await rollcall(cwd, ['check', ...argv, '--format', 'sarif'])).out) as Sarif).runs;
    if (run === undefined) throw new Error('no run');
    return run;
  };
  const urisOf = ({ results }: Sarif['runs'][number]): string[] => [
    ...new Set(results.flatMap(({ locations }) => locations.map((at) => at.physicalLocation.artifactLocation.uri))),
  ];

  test('SARIF names files as code scanning does: from the root of the repository, or from here where there is none', async () => {
    const folder = acme.folder();
    const found = urisOf(await sarifOf(folder, 'acme/exports/finance/n8n', 'acme/exports/hr', 'draft.json'));
    expect(found.filter((uri) => !/^(?:acme\/exports\/(?:finance\/n8n|hr)\/.+|draft)\.json$/.test(uri))).toEqual([]);
    expect(found).toContain('draft.json');
    mkdirSync(join(folder, '.git'), { recursive: true });
    try {
      expect(urisOf(await sarifOf(join(folder, 'acme'), 'exports/finance/n8n/invoice-approval.json'))).toContain(flow);
    } finally {
      rmSync(join(folder, '.git'), { recursive: true });
    }
    // Outside of it nothing can be named so; the name inside the source is left.
    expect(
      urisOf(await sarifOf(join(folder, 'acme', 'exports', 'hr'), '../finance/n8n/invoice-approval.json')),
    ).toEqual(['invoice-approval.json']);
  });

  test('SARIF keeps its fingerprints from run to run, also of secrets', async () => {
    const prints = async (): Promise<string[]> => {
      const { results } = await sarifOf(acme.folder(), 'acme/exports');
      return results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints)).toSorted();
    };
    const first = await prints();
    expect(await prints()).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
  });

  test('SARIF says why it is empty where nothing was recognised', async () => {
    writeFileSync(join(acme.folder(), 'note.txt'), 'Dear all, the approval flow is attached.');
    const { results, invocations } = await sarifOf(acme.folder(), 'note.txt');
    expect(results).toEqual([]);
    expect(invocations[0]?.toolExecutionNotifications).toMatchObject([
      { level: 'error', message: { text: expect.stringContaining('nothing in it was recognised') as string } },
    ]);
  });
});
