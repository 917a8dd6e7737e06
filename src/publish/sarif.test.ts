import { existsSync, readFileSync } from 'node:fs';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { shown } from '../core/finding.ts';
import { whole } from '../../test/helpers/collect.ts';
import { organisation, reportSources } from '../../test/helpers/register.ts';
import { hostileOrganisation } from '../../test/helpers/report-hostile.ts';
import { empty, type Holdings } from '../../test/helpers/report-store.ts';
import { artifact, synthetic } from './sarif-paths.ts';
import { sarif, sarifLimits } from './sarif.ts';

const schemaFile = '../shared/specs/sarif/sarif-schema-2.1.0.json';
const schema = existsSync(schemaFile) ? JSON.parse(readFileSync(schemaFile, 'utf8')) : undefined;
if (!schema) process.stdout.write('skipped: the SARIF schema is not beside the checkout\n');

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
  partialFingerprints: Record<string, string>;
  suppressions: { kind: string; status: string; justification: string }[];
}
interface Run {
  tool: {
    driver: {
      rules: { id: string; help: { text: string }; properties?: { tags: string[]; 'security-severity': string } }[];
    };
  };
  automationDetails: { id: string };
  invocations: {
    executionSuccessful: boolean;
    toolExecutionNotifications: { level: string; message: { text: string } }[];
  }[];
  results: Result[];
}

async function runs(holdings: Holdings, limits = sarifLimits): Promise<Run[]> {
  return JSON.parse(await whole(sarif(reportSources(holdings), limits))).runs;
}

describe('the file', () => {
  test.skipIf(!schema)('is valid SARIF 2.1.0, for hostile data and for none too', async () => {
    const ajv = new AjvDraft04.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(schema);
    for (const holdings of [organisation(), hostileOrganisation(), empty]) {
      const log = JSON.parse(await whole(sarif(reportSources(holdings))));
      expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    }
  });

  test('keeps GitHub’s rules: texts, tags, rule indexes, one stable fingerprint a finding', async () => {
    for (const holdings of [organisation(), hostileOrganisation()]) {
      const [run] = await runs(holdings);
      if (!run) throw new Error('no run');
      const { rules } = run.tool.driver;
      for (const rule of rules) {
        expect(rule.help.text).not.toBe('');
        expect(rule.properties?.tags.length ?? 0).toBeLessThanOrEqual(10);
      }
      const prints = new Set<string>();
      for (const result of run.results) {
        expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
        expect(result.message.text).not.toBe('');
        const print = result.partialFingerprints.primaryLocationLineHash ?? '';
        expect(print).toMatch(/^[0-9a-f]{16}:1$/);
        prints.add(print);
        for (const { physicalLocation } of result.locations) {
          expect(physicalLocation.artifactLocation.uri).toMatch(/^[\w%.~!*'()-]+(?:\/[\w%.~!*'()-]+)*$/);
          expect(physicalLocation.artifactLocation.uri.split('/')).not.toContain('..');
          expect(physicalLocation.region.startLine).toBeGreaterThan(0);
        }
      }
      expect(prints.size).toBe(run.results.length);
    }
  });

  test('what people set aside is suppressed with the reason; what is open is not', async () => {
    const holdings = organisation();
    const [run] = await runs(holdings);
    const states = new Map(holdings.findings.map((one) => [one.id, shown(one)]));
    for (const result of run?.results ?? []) {
      const state = states.get(result.partialFingerprints['rollcallFinding/v1'] ?? '');
      if (state === 'open') expect(result.suppressions).toEqual([]);
      else expect(result.suppressions).toEqual([expect.objectContaining({ kind: 'external', status: 'accepted' })]);
      if (state === 'accepted')
        expect(result.suppressions[0]?.justification).toMatch(/^Accepted until 2026-12-30: The vendor/);
      if (state === 'false-positive')
        expect(result.suppressions[0]?.justification).toMatch(/^False positive: .*placeholder/);
    }
    expect(run?.results.filter((one) => one.suppressions.length > 0).length).toBeGreaterThan(5);
  });

  test('says what could not be read', async () => {
    const [run] = await runs(organisation());
    const [invocation] = run?.invocations ?? [];
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications.map((note) => note.level).toSorted()).toEqual([
      'error',
      'warning',
      'warning',
    ]);
  });

  test('goes on in further runs of their own category, and says what it cut, worst kept', async () => {
    const holdings = organisation();
    const parts = await runs(holdings, { results: 20, runs: 3 });
    expect(parts.map((run) => run.results.length)).toEqual([20, 20, 20]);
    expect(parts.map((run) => run.automationDetails.id)).toEqual(['rollcall/', 'rollcall/part-2/', 'rollcall/part-3/']);
    const total = holdings.findings.filter((one) => one.state === 'open').length;
    const notes = parts[0]?.invocations[0]?.toolExecutionNotifications.map((note) => note.message.text) ?? [];
    expect(notes.some((text) => text.startsWith(`${total - 60} findings of the lowest severity are left out`))).toBe(
      true,
    );
    const exact = await runs(
      { ...holdings, findings: holdings.findings.filter((one) => one.state === 'open').slice(0, 40) },
      { results: 20, runs: 3 },
    );
    expect(exact.map((run) => run.results.length)).toEqual([20, 20]);
  });
});

describe('paths', () => {
  test('of files are relative and encoded; an archive stands for its members', () => {
    expect(artifact('flows/My flow#1.json')).toBe('flows/My%20flow%231.json');
    expect(artifact('exports/a.zip!/flows/b.json')).toBe('exports/a.zip');
    expect(artifact('/../etc/x')).toBe('%2E%2E/etc/x');
    expect(artifact('')).toBe('unnamed');
  });

  test('of things without a file stay the same and stay apart', () => {
    const subject = { source: 'docusign:eu', kind: 'identity', id: 'a/b', name: 'x' } as const;
    expect(synthetic(subject)).toBe('nhi/docusign%3Aeu/identity/a%2Fb.json');
    expect(synthetic({ ...subject, name: 'renamed' })).toBe(synthetic(subject));
    const long = 'x'.repeat(400);
    expect(synthetic({ ...subject, id: `${long}1` })).not.toBe(synthetic({ ...subject, id: `${long}2` }));
    expect(synthetic({ ...subject, id: long }).length).toBeLessThan(250);
  });
});
